import { settledRoundTrips } from "../../analysis/layers/predict.js";
import { serverWindowBytes } from "../../arms/grpc/grpc-channel.js";
import { saySize } from "../../stats/digits.js";
import { paced } from "../effort.js";
import { type Here, type Mechanism, type MechanismEntry, median, type Of } from "./mechanism.js";

const sizeBytes = 512 * 1024;
const nearMs = 4;
const farMs = 10;
/** All that is tested: half as many waits and fewer. */
const windowsBytes = [128 * 1024, 1024 * 1024];

/** A message around the text: five bytes of gRPC, four of protobuf. */
const waits = (windowBytes: number) => settledRoundTrips(sizeBytes + 9, windowBytes);

const waitMs = (of: Of) => (of("near") - of("own")) / waits(serverWindowBytes);

/** What a wait takes besides its round trip stays as it is. */
const overMs = (of: Of, windowBytes: number) =>
  of("own") + waits(windowBytes) * (farMs + Math.max(0, waitMs(of) - nearMs));

/** A body that does not fit into HTTP/2's window waits a round trip for every part of it that does. */
export const windowMechanism: MechanismEntry = { name: "window", make };

function make({ effort }: Here): Mechanism {
  const run = (roundTripMs: number, waitMs: number) => ({
    work: "payload",
    size: sizeBytes,
    link: { roundTripMs },
    ...paced(effort, { aloneMs: 5 + waitMs, aCallMs: 5 + waitMs, primedMs: 5 + waitMs, callers: 1 }),
  });
  const armOf = (windowBytes: number) => `grpc-${windowBytes / 1024}-kb`;
  return {
    name: "window",
    words: "HTTP/2's window",
    says: `What does not fit into a window (${saySize(64 * 1024)}, unless the server gives more) waits a round trip for leave to go on.`,
    parameters: [
      { words: "a call with no distance", unit: "ms", value: (of) => of("own") },
      {
        words: `one of ${waits(serverWindowBytes)} waits over ${nearMs} ms`,
        unit: "ms",
        value: waitMs,
      },
    ],
    found: [
      { name: "own", options: { ...run(0, 0), arms: ["grpc"] }, reads: { own: median("grpc") } },
      {
        name: "near",
        options: { ...run(nearMs, nearMs * waits(serverWindowBytes)), arms: ["grpc"] },
        reads: { near: median("grpc") },
      },
    ],
    test: {
      name: "far",
      options: {
        ...run(farMs, farMs * Math.max(...windowsBytes.map(waits))),
        arms: windowsBytes.map((windowBytes, server) => {
          return { name: armOf(windowBytes), arm: "grpc", server, windowBytes };
        }),
      },
    },
    tested: windowsBytes.map((windowBytes) => ({
      arm: armOf(windowBytes),
      kind: "median",
      beside: null,
      words: `${saySize(sizeBytes)} over ${farMs} ms with a window of ${saySize(windowBytes)}`,
      says: (of) => ({ times: 0, addMs: overMs(of, windowBytes) }),
      without: {
        words: "the size of the window made no difference",
        says: (of) => ({ times: 0, addMs: overMs(of, serverWindowBytes) }),
      },
    })),
  };
}
