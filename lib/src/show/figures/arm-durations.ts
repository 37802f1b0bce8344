import type { Calls } from "../../record/calls.js";
import { percentile } from "../../stats/percentiles/percentile.js";
import { sortedWarmDurations } from "./warm-calls.js";

/** The warm, successful calls of one arm, ready to be drawn. */
export interface ArmDurations {
  readonly name: string;
  /** Ascending, in ms. */
  readonly sorted: Float64Array;
  /** Whether a row stands for a batch of calls, so that its spread is not that of single calls. */
  readonly batched: boolean;
}

/** The arms of a run that have anything to draw, in the order in which they were recorded. */
export function armDurations(calls: Calls): ArmDurations[] {
  const batched = new Set<number>();
  for (let row = 0; row < calls.length; row++) {
    if ((calls.calls[row] ?? 1) > 1) batched.add(calls.arm[row] ?? 0);
  }
  const durations = sortedWarmDurations(calls);
  return calls.armNames.flatMap((name, arm) => {
    const sorted = durations[arm];
    return sorted === undefined || sorted.length === 0 ? [] : [{ name, sorted, batched: batched.has(arm) }];
  });
}

/** Percentile of an arm's calls, in ms. */
export function percentileOf({ sorted }: ArmDurations, p: number): number {
  return percentile(sorted, p);
}
