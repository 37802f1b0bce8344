import { imageSizes } from "../../arms/works/image.js";
import { saySize } from "../../stats/digits.js";
import { paced } from "../effort.js";
import { type Here, type Mechanism, type MechanismEntry, median, type Of } from "./mechanism.js";

const smallBytes = 256 * 1024;
const largeBytes = 1024 * 1024;
const testedBytes = imageSizes.most;

const atSmallMs = (of: Of) => of("smallBase64") - of("smallRaw");
const atLargeMs = (of: Of) => of("largeBase64") - of("largeRaw");
const perByteMs = (of: Of) => (atLargeMs(of) - atSmallMs(of)) / (largeBytes - smallBytes);
const testedMs = (of: Of) => atLargeMs(of) + perByteMs(of) * (testedBytes - largeBytes);

/** Bytes that travel as text in JSON are written, sent, and read back, all of it byte by byte. */
export const base64Mechanism: MechanismEntry = { name: "base64", make };

function make({ effort }: Here): Mechanism {
  const run = (size: number) => {
    const callMs = 0.4 + size / 150_000;
    return {
      work: "image",
      size,
      arms: ["rest", "rest-base64"],
      ...paced(effort, { aloneMs: callMs, aCallMs: callMs, primedMs: callMs, callers: 1 }),
    };
  };
  const photo = `a photo of ${(testedBytes / 1e6).toPrecision(3)} MB`;
  return {
    name: "base64",
    words: "Base64",
    says: "Bytes as base64 in JSON take so many nanoseconds a byte more than as they are, whatever their number.",
    parameters: [
      {
        words: `base64 between ${saySize(smallBytes)} and ${saySize(largeBytes)}`,
        unit: "ns a byte",
        value: (of) => 1e6 * perByteMs(of),
      },
    ],
    found: [
      {
        name: "small",
        options: run(smallBytes),
        reads: { smallRaw: median("rest"), smallBase64: median("rest-base64") },
      },
      {
        name: "large",
        options: run(largeBytes),
        reads: { largeRaw: median("rest"), largeBase64: median("rest-base64") },
      },
    ],
    test: { name: "whole", options: run(testedBytes) },
    tested: [
      {
        arm: "rest-base64",
        kind: "median",
        beside: "rest",
        words: `${photo} as base64`,
        says: (of) => ({ times: 1, addMs: testedMs(of) }),
        without: {
          words: "what base64 takes did not grow with the bytes",
          says: (of) => ({ times: 1, addMs: atSmallMs(of) }),
        },
      },
    ],
  };
}
