import type { Calls } from "../../record/calls.js";
import { beginOf, type LoadFacts } from "../rounds/rounds.js";
import { type RoundRows, rowsByRound } from "../rounds/rows.js";

/** A call of a load when it was over. */
export interface EndedCall {
  /** From the load's begin, in ms. */
  readonly endMs: number;
  readonly durationMs: number;
  readonly ok: boolean;
}

/** The calls of one round of a load, in the order in which they ended. */
export interface LoadCalls {
  readonly arm: string;
  readonly pair: number;
  readonly block: number;
  readonly calls: readonly EndedCall[];
}

/** Every round of a run's load, arm by arm, each in the order in which rounds were run; none where the run has no load. */
export function loadCallsOf(calls: Calls, info: LoadFacts): LoadCalls[] {
  if (info.load === null) return [];
  return calls.armNames.flatMap((arm) =>
    rowsByRound(calls, arm).map((round) => {
      const { pair, block } = round;
      return { arm, pair, block, calls: endedCalls(calls, round, beginOf(calls, round, { arm, info })) };
    }),
  );
}

function endedCalls(calls: Calls, { rows }: RoundRows, beginMs: number): EndedCall[] {
  const ended = Array.from(rows, (row) => {
    const durationMs = calls.durationMs[row] as number;
    return {
      endMs: (calls.startMs[row] as number) + durationMs - beginMs,
      durationMs,
      ok: calls.ok[row] === 1,
    };
  });
  return ended.sort((a, b) => a.endMs - b.endMs);
}
