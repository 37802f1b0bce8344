import type { OwnArm } from "./arm.js";

/** One batch is the post's whole chain: long enough that a clock of 100 ns is under 1 % of it. */
const batchSize = 10_000;

/** The work as a plain function call in the client's own process: no protocol at all. */
export const functionArm: OwnArm = {
  name: "function",
  language: "typescript",
  protocol: "none",
  client: `a plain function, inlined as V8 sees fit, timed in batches of ${batchSize} calls`,
  notMeasured: {
    firstByteMs: "a function call has no bytes",
    connectionId: "a function call has no connection",
    status: "a function call has no status",
  },
  fits: ({ run }) => run !== undefined,
  path: null,
  open({ workload }) {
    const { run } = workload;
    if (run === undefined) throw new Error(`${workload.name} has no plain function`);
    return {
      kind: "batch",
      batchSize,
      // The answer depends on every call before it and is looked at, so no compiler may drop the loop.
      runBatch() {
        let input = workload.first;
        let output = run(input);
        for (let call = 1; call < batchSize; call++) {
          input = workload.next(output);
          output = run(input);
        }
        return workload.isRight(input, output);
      },
      close: async () => {},
    };
  },
};
