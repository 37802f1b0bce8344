import { LocalClient } from "wirelab/dist/experiment/clients/local-client.js";
import type { BothEndpoints } from "wirelab/dist/hosts/host.js";
import type { RoundPart } from "wirelab/dist/record/calls.js";
import { encodeRoundPart } from "wirelab/dist/record/log/round-part.js";
import { alone } from "wirelab/dist/schedule/running-load.js";
import { bareGrpc, bareRest } from "../calling/bare-loops.js";
import { labRound } from "../calling/lab-round.js";
import { interleave } from "../interleave.js";
import { rangeOf } from "../range.js";
import { childRequest } from "./child-side.js";

/** What an overhead client is asked, as JSON in its first argument; it answers with `BlockValues[]` over IPC. */
export interface OverheadRequest {
  readonly arm: "rest" | "grpc";
  /** Median of a call, or processor time of this process for one. */
  readonly metric: "medianMs" | "cpuUs";
  readonly endpoints: BothEndpoints;
  readonly blocks: number;
  readonly warmupBlocks: number;
  readonly callsPerRound: number;
  readonly seed: number;
}

/** Lab and bare loop in one process, so that nothing but the recording lies between them. */
async function main({ arm, metric, endpoints, callsPerRound, ...turns }: OverheadRequest): Promise<void> {
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
    const cpuUs = await cpuUsOf(() => lab.run({ arm, pair: 0, block: 0, calls: callsPerRound }, send, never));
    const { medianMs } = labRound(arm, parts);
    return { medianMs, cpuUs: cpuUs / callsPerRound }[metric];
  };
  const runBare = async () => {
    let durationsMs: ArrayLike<number> = [];
    const cpuUs = await cpuUsOf(async () => {
      durationsMs = await bare.run(callsPerRound);
    });
    return { medianMs: rangeOf(durationsMs).median, cpuUs: cpuUs / callsPerRound }[metric];
  };
  process.send?.(await interleave({ ...turns, first: runLab, second: runBare }));
}

async function cpuUsOf(round: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await round();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

await main(childRequest<OverheadRequest>());
