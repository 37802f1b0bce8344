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
  /** Calls that a round of this load gets through in a second, however many overlap; null for an empty round. */
  readonly callsPerSecond: number | null;
}

/** Sums up the parts of one round. */
export function summariseRound(
  place: RoundPlace,
  previous: string | null,
  parts: readonly RoundPart[],
): RoundSummary {
  const durations: number[] = [];
  let calls = 0;
  let stoodFor = 0;
  let firstStartMs = Number.POSITIVE_INFINITY;
  let lastEndMs = Number.NEGATIVE_INFINITY;
  for (const { columns } of parts) {
    calls += columns.length;
    for (let i = 0; i < columns.length; i++) {
      const count = columns.calls[i] as number;
      const startMs = columns.startMs[i] as number;
      stoodFor += count;
      firstStartMs = Math.min(firstStartMs, startMs);
      lastEndMs = Math.max(lastEndMs, startMs + count * (columns.durationMs[i] as number));
      if (columns.ok[i] === 1) durations.push(columns.durationMs[i] as number);
    }
  }
  const { arm, pair, block } = place;
  const medianMs = durations.length > 0 ? median(durations) : null;
  const callsPerSecond = lastEndMs > firstStartMs ? (1000 * stoodFor) / (lastEndMs - firstStartMs) : null;
  return { arm, pair, block, previous, medianMs, calls, failed: calls - durations.length, callsPerSecond };
}
