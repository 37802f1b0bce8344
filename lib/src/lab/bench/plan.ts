import { findArm } from "../../arms/registry.js";
import { WirelabError } from "../../errors.js";
import { atConcurrency } from "../../experiment/plan/levels.js";

/** How much is asked of every arm. */
export interface BenchLoad {
  /** Ways of calling, e.g. `rest`. */
  readonly arms: readonly string[];
  /** Measured requests of every arm at every level, at least. */
  readonly requests: number;
  /** Callers at the same time, one or several levels. */
  readonly concurrency: readonly number[];
}

/** Rounds of ten requests a caller where that makes blocks enough for an interval, shorter ones where it doesn't. */
const blockCount = { most: 20, requestsPerCaller: 10, least: 10, fewestPerCaller: 3 };

/** A fresh client's compiler needs to see so many calls before any counts; fewer where fewer are measured. */
const warmupCalls = 300;

/** The blocks of a bench: all levels of all arms in one run, so that they meet the same weather. */
export function planBench({ arms, requests, concurrency }: BenchLoad) {
  for (const arm of arms) rejectFunction(arm);
  const most = Math.max(...concurrency);
  if (most > requests) {
    throw new WirelabError(
      "usage",
      `${most} callers cannot share ${requests} requests: give at least as many requests as the highest concurrency.`,
    );
  }
  const ofLength = (perCaller: number) => Math.floor(requests / (perCaller * most));
  const { requestsPerCaller, least, fewestPerCaller } = blockCount;
  const wanted = Math.max(1, ofLength(requestsPerCaller), Math.min(least, ofLength(fewestPerCaller)));
  const blocks = Math.min(blockCount.most, wanted);
  const callsPerRound = Math.ceil(requests / blocks);
  return {
    arms: atConcurrency(arms, concurrency),
    pairs: 1,
    blocks,
    // Thrown away; priming would open connections that the user did not ask for.
    warmupBlocks:
      1 + Math.max(Math.ceil(blocks / 3), Math.ceil(Math.min(warmupCalls, requests) / callsPerRound)),
    primeCalls: 0,
    callsPerRound,
    // A server that often fails is to be measured, not given up.
    failuresInARow: 30,
  };
}

function rejectFunction(arm: string): void {
  if (findArm(arm).protocol !== "none") return;
  throw new WirelabError("usage", `The arm ${arm} calls no server: choose arms of REST and gRPC.`);
}
