import type { Calls } from "../../record/calls.js";
import type { Load, LoadRound } from "../../record/load-info.js";
import type { RunInfo } from "../../record/run-info.js";
import { sampleInfo } from "../../record/testing/samples.js";
import { closedLoad } from "../../schedule/load-choice.js";
import { createRandom } from "../../stats/random.js";
import { type LoadCall, loadCalls } from "./load-calls.js";

const runTimeMs = 3000;
const warmupBlocks = 2;

/** How the calls of a made-up load are to be. */
export interface MadeUpLoad {
  readonly load?: Load;
  /** Where every call fails. */
  readonly failing?: Pick<LoadRound, "arm" | "pair" | "block">;
}

/**
 * A run of REST and gRPC under load: three pairs, each with two blocks of other calls and three of a load. Its first second is slow,
 * a call in fifty fails, and the last one of a round ends after the run time.
 */
export function madeUpLoad({ load = closedLoad({ users: 4, runTimeMs }), failing }: MadeUpLoad = {}): {
  readonly calls: Calls;
  readonly info: RunInfo;
} {
  const random = createRandom(11);
  const rows: LoadCall[] = [];
  const loadRounds: LoadRound[] = [];
  let clockMs = 10;
  for (const pair of [0, 1, 2]) {
    for (let block = 0; block < warmupBlocks + 3; block++) {
      for (const arm of ["rest", "grpc"]) {
        const fails = failing?.arm === arm && failing.pair === pair && failing.block === block;
        const isWarm = block >= warmupBlocks;
        for (let atMs = 0; atMs < (isWarm ? runTimeMs : 50); atMs += 7) {
          const factor = (1 + random.next()) * (atMs < 1000 ? 3 : 1) * (arm === "rest" ? 1 : 1.3);
          const error = fails || (isWarm && atMs % 350 === 0) ? "TIMEOUT" : "";
          rows.push({ arm, pair, block, dueMs: clockMs + atMs, durationMs: 4 * factor, error });
        }
        const over = { endMs: clockMs + runTimeMs + 8, overMs: runTimeMs, usersStarted: 4, notSent: 0 };
        if (isWarm) loadRounds.push({ arm, pair, block, beginMs: clockMs, ...over, seconds: [] });
        clockMs += runTimeMs + 50;
      }
    }
  }
  const calls = loadCalls(rows);
  calls.warmup.forEach((_, row) => {
    calls.warmup[row] = (calls.block[row] as number) < warmupBlocks ? 1 : 0;
  });
  return { calls, info: sampleInfo({ load, loadRounds, warmupBlocks, pairs: 3, blocks: 3 }) };
}
