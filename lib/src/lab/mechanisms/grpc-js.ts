import { saySize } from "../../stats/digits.js";
import { paced } from "../effort.js";
import { type Here, type Mechanism, type MechanismEntry, median, type Of } from "./mechanism.js";

const foundBytes = 16;
const testedBytes = 16 * 1024;

const ownMs = (of: Of) => of("grpc") - of("http2");

/** grpc-js' client does for each call what a client of bare HTTP/2 does not, whatever the call holds. */
export const grpcJsMechanism: MechanismEntry = { name: "grpc-js", make };

function make({ effort }: Here): Mechanism {
  const run = (size: number) => ({
    work: "payload",
    size,
    arms: ["grpc", "grpc-http2"],
    ...paced(effort, { aloneMs: 0.5, aCallMs: 0.5, primedMs: 0.3, callers: 1 }),
  });
  return {
    name: "grpc-js",
    words: "grpc-js' own cost",
    says: "A call by grpc-js takes so much longer than one by bare HTTP/2 to the same server, whatever its size.",
    parameters: [{ words: `grpc-js over bare HTTP/2 at ${saySize(foundBytes)}`, unit: "ms", value: ownMs }],
    found: [
      {
        name: "small",
        options: run(foundBytes),
        reads: { grpc: median("grpc"), http2: median("grpc-http2") },
      },
    ],
    test: { name: "larger", options: run(testedBytes) },
    tested: [
      {
        arm: "grpc",
        kind: "median",
        beside: "grpc-http2",
        words: `a payload of ${saySize(testedBytes)} by grpc-js`,
        says: (of) => ({ times: 1, addMs: ownMs(of) }),
        without: { words: "grpc-js cost nothing of its own", says: () => ({ times: 1, addMs: 0 }) },
      },
    ],
  };
}
