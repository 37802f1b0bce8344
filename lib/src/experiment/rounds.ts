import { median } from "simple-statistics";
import type { RoundPart } from "../record/calls.js";
import { LoadMeter } from "../record/load-meter.js";
import type { RoundPlace } from "../schedule/round.js";

/** What is kept in memory of a round while the run goes on; the calls themselves are in the log. */
export interface RoundSummary extends RoundPlace {
  /** Arm of the round before it, in the same pair; null for the first. */
  readonly previous: string | null;
  /** Median of the calls that succeeded; null when none did. */
  readonly medianMs: number | null;
  readonly calls: number;
  readonly failed: number;
  /** From the first start to the last end. */
  readonly elapsedMs: number;
  /** Calls that succeeded, a second (`LoadMeter`); null for an empty round. */
  readonly callsPerSecond: number | null;
  /** Calls under way on average, as `callsPerSecond`. */
  readonly underWay: number | null;
}

/** Sums up the parts of one round. */
export function summariseRound(
  place: RoundPlace,
  previous: string | null,
  parts: readonly RoundPart[],
): RoundSummary {
  const durations: number[] = [];
  const meter = new LoadMeter();
  let calls = 0;
  for (const { columns } of parts) {
    calls += columns.length;
    for (let i = 0; i < columns.length; i++) {
      const durationMs = columns.durationMs[i] as number;
      const ok = columns.ok[i] === 1;
      meter.add({
        caller: columns.caller[i] as number,
        startMs: columns.startMs[i] as number,
        durationMs,
        calls: columns.calls[i] as number,
        ok,
      });
      if (ok) durations.push(durationMs);
    }
  }
  return {
    ...place,
    previous,
    medianMs: durations.length > 0 ? median(durations) : null,
    calls,
    failed: calls - durations.length,
    elapsedMs: meter.elapsedMs(),
    callsPerSecond: orNull(meter.callsPerSecond()),
    underWay: orNull(meter.underWay()),
  };
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
