import type { Calls } from "../../record/calls.js";
import { percentile } from "../../stats/percentiles/percentile.js";

/** What an arm took in one slot of a pair; durations in ms, times in s from the run's start. */
export interface Slot {
  readonly arm: string;
  readonly pair: number;
  /** Its middle. */
  readonly atS: number;
  readonly widthS: number;
  readonly calls: number;
  readonly p5: number;
  readonly median: number;
  readonly p95: number;
  readonly longest: number;
}

/** Successful single calls by arm, pair and slot of time, `perPair` of them in each pair, in the order in which they were made. */
export function slotsOf(calls: Calls, perPair: number): readonly Slot[] {
  const spans = spansOf(calls);
  const pairs = Math.max(0, ...spans.keys()) + 1;
  const isSingle = (row: number) => calls.ok[row] === 1 && (calls.calls[row] ?? 1) <= 1;
  const slotOf = (row: number) => {
    const pair = calls.pair[row] ?? 0;
    const span = spans.get(pair) as Span;
    const sinceMs = (calls.startMs[row] ?? 0) - span.fromMs;
    const slot = Math.min(perPair - 1, Math.floor(sinceMs / widthMs(span, perPair)));
    return ((calls.arm[row] ?? 0) * pairs + pair) * perPair + slot;
  };
  const counts = new Uint32Array(calls.armNames.length * pairs * perPair);
  // In the order in which they were first seen.
  const seen: number[] = [];
  for (let row = 0; row < calls.length; row++) {
    if (!isSingle(row)) continue;
    const slot = slotOf(row);
    if (counts[slot] === 0) seen.push(slot);
    counts[slot] = (counts[slot] as number) + 1;
  }
  const durations = new Map(seen.map((slot) => [slot, new Float64Array(counts[slot] as number)]));
  for (let row = calls.length - 1; row >= 0; row--) {
    if (!isSingle(row)) continue;
    const slot = slotOf(row);
    const left = (counts[slot] as number) - 1;
    counts[slot] = left;
    (durations.get(slot) as Float64Array)[left] = calls.durationMs[row] ?? Number.NaN;
  }
  return seen.map((slot) => {
    const pair = Math.floor(slot / perPair) % pairs;
    const span = spans.get(pair) as Span;
    const width = widthMs(span, perPair);
    const sorted = (durations.get(slot) as Float64Array).sort();
    const at = (p: number) => percentile(sorted, p);
    return {
      arm: calls.armNames[Math.floor(slot / perPair / pairs)] ?? "",
      pair,
      atS: (span.fromMs + ((slot % perPair) + 0.5) * width) / 1000,
      widthS: width / 1000,
      calls: sorted.length,
      p5: at(0.05),
      median: at(0.5),
      p95: at(0.95),
      longest: at(1),
    };
  });
}

/** Of a slot; a pair whose calls all begin at once has one. */
function widthMs({ fromMs, toMs }: Span, perPair: number): number {
  return (toMs - fromMs) / perPair || 1;
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
