import { LocalClient } from "wirelab/dist/experiment/local-client.js";
import type { BothEndpoints } from "wirelab/dist/hosts/host.js";
import type { RoundPart } from "wirelab/dist/record/calls.js";
import { encodeRoundPart } from "wirelab/dist/record/round-part.js";
import { alone } from "wirelab/dist/schedule/load-round.js";
import { bareGrpc, bareRest } from "./bare-loops.js";
import { interleave } from "./interleave.js";
import { labRound } from "./lab-round.js";
import { rangeOf } from "./range.js";

/** What an overhead client is asked, as JSON in its first argument; it answers with `BlockValues[]` over IPC. */
export interface OverheadRequest {
  readonly arm: "rest" | "grpc";
  readonly endpoints: BothEndpoints;
  readonly blocks: number;
  readonly warmupBlocks: number;
  readonly callsPerRound: number;
  readonly seed: number;
}

/** Lab and bare loop in one process, so that nothing but the recording lies between them. */
async function main({ arm, endpoints, callsPerRound, ...turns }: OverheadRequest): Promise<void> {
  const lab = new LocalClient({
    work: "increment",
    input: null,
    size: null,
    arms: [{ name: arm, arm, callers: 1, endpoints }],
    timeoutMs: 5000,
    failuresInARow: 5,
    share: alone,
    originNs: process.hrtime.bigint().toString(),
  });
  const bare = arm === "rest" ? bareRest(endpoints) : bareGrpc(endpoints);
  const never = new AbortController().signal;
  const runLab = async () => {
    const parts: RoundPart[] = [];
    const send = (part: RoundPart) => {
      parts.push(part);
      process.stdout.write(encodeRoundPart(part));
    };
    await lab.run({ arm, pair: 0, block: 0, calls: callsPerRound }, send, never);
    return labRound(arm, parts).medianMs;
  };
  const runBare = async () => rangeOf(await bare.run(callsPerRound)).median;
  process.send?.(await interleave({ ...turns, first: runLab, second: runBare }));
}

// The bench is gone, even if it was killed: nothing may stay behind.
process.once("disconnect", () => process.exit());
await main(JSON.parse(process.argv[2] ?? "{}") as OverheadRequest);
