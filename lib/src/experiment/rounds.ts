import { median } from "simple-statistics";
import type { RoundPart } from "../record/calls.js";
import type { RoundPlace } from "../schedule/round.js";

/** What is kept in memory of a round while the run goes on; the calls themselves are in the log. */
export interface RoundSummary extends RoundPlace {
  /** Arm of the round before it, in the same pair; null for the first. */
  readonly previous: string | null;
  /** Median of the calls that succeeded; null when none did. */
  readonly medianMs: number | null;
  readonly calls: number;
  readonly failed: number;
}

/** Sums up the parts of one round. */
export function summariseRound(
  place: RoundPlace,
  previous: string | null,
  parts: readonly RoundPart[],
): RoundSummary {
  const durations: number[] = [];
  let calls = 0;
  for (const { columns } of parts) {
    calls += columns.length;
    for (let i = 0; i < columns.length; i++) {
      if (columns.ok[i] === 1) durations.push(columns.durationMs[i] as number);
    }
  }
  const { arm, pair, block } = place;
  const medianMs = durations.length > 0 ? median(durations) : null;
  return { arm, pair, block, previous, medianMs, calls, failed: calls - durations.length };
}
