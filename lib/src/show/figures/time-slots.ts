import type { Calls } from "../../record/calls.js";
import { percentile } from "../../stats/percentile.js";

/** Slots of time that a pair is cut into; enough to see a drift, few enough to hold many calls each. */
const SLOTS_PER_PAIR = 12;

/** What an arm took in one slot of a pair; durations in ms, times in s from the run's start. */
export interface Slot {
  readonly arm: string;
  readonly pair: number;
  readonly atS: number;
  readonly calls: number;
  readonly p5: number;
  readonly median: number;
  readonly p95: number;
  readonly longest: number;
}

/** Successful single calls by arm, pair and slot of time, in the order in which they were made. */
export function slotsOf(calls: Calls): readonly Slot[] {
  const spans = spansOf(calls);
  const groups = new Map<string, { arm: string; pair: number; atS: number; durations: number[] }>();
  for (let row = 0; row < calls.length; row++) {
    if (calls.ok[row] !== 1 || (calls.calls[row] ?? 1) > 1) continue;
    const pair = calls.pair[row] ?? 0;
    const { fromMs, toMs } = spans.get(pair) as Span;
    const widthMs = (toMs - fromMs) / SLOTS_PER_PAIR || 1;
    const slot = Math.min(SLOTS_PER_PAIR - 1, Math.floor(((calls.startMs[row] ?? 0) - fromMs) / widthMs));
    const arm = calls.armNames[calls.arm[row] ?? 0] ?? "";
    const key = `${arm}\n${pair}\n${slot}`;
    const group = groups.get(key) ?? {
      arm,
      pair,
      atS: (fromMs + (slot + 0.5) * widthMs) / 1000,
      durations: [],
    };
    group.durations.push(calls.durationMs[row] ?? Number.NaN);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ durations, ...place }) => {
    const sorted = Float64Array.from(durations).sort();
    const at = (p: number) => percentile(sorted, p);
    return { ...place, calls: sorted.length, p5: at(0.05), median: at(0.5), p95: at(0.95), longest: at(1) };
  });
}

/** From the first start to the last, of one pair. */
export interface Span {
  fromMs: number;
  toMs: number;
}

function spansOf(calls: Calls, wanted: (row: number) => boolean = () => true): Map<number, Span> {
  const spans = new Map<number, Span>();
  for (let row = 0; row < calls.length; row++) {
    if (!wanted(row)) continue;
    const startMs = calls.startMs[row] ?? 0;
    const span = spans.get(calls.pair[row] ?? 0);
    if (span === undefined) spans.set(calls.pair[row] ?? 0, { fromMs: startMs, toMs: startMs });
    else {
      span.fromMs = Math.min(span.fromMs, startMs);
      span.toMs = Math.max(span.toMs, startMs);
    }
  }
  return spans;
}

/** From the first start to the last warm-up call, of each pair that has any. */
export function warmupsOf(calls: Calls): readonly Span[] {
  return [...spansOf(calls, (row) => calls.warmup[row] === 1).values()];
}
