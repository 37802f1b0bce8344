import type { Missing } from "../missing.js";
import { smallestSample } from "../percentiles/order-statistics.js";
import { percentileOfUnsorted } from "../percentiles/percentile.js";

/** A metric that the calls of a round have by themselves. */
export const callMetrics = [
  "median",
  "mean",
  "p90",
  "p95",
  "p99",
  "min",
  "max",
  "spread",
  "total",
  "elapsed",
  "rate",
] as const;

export type CallMetric = (typeof callMetrics)[number];

type Percentile = Exclude<CallMetric, "mean" | "total" | "elapsed" | "min" | "max" | "spread" | "rate">;

/** What share of a round's calls lies below each percentile that it can be compared by. */
export const percentileShares: Readonly<Record<Percentile, number>> = {
  median: 0.5,
  p90: 0.9,
  p95: 0.95,
  p99: 0.99,
};

/** With fewer calls in a round no interval around such a percentile would exist, so that it says little; a median always does. */
export function fewestCallsFor(metric: Percentile): number {
  return metric === "median" ? 1 : smallestSample({ p: percentileShares[metric], confidence: 0.95 });
}

/** A round of one arm as far as its metrics need it: its calls that succeeded, and what only the whole round knows. */
export interface RoundNumbers {
  readonly pair: number;
  /** ms per call; a row that stands for a batch holds its mean. */
  readonly durationsMs: Float64Array;
  /** Calls that the rows stand for. */
  readonly calls: number;
  /** Sum over those calls. */
  readonly totalMs: number;
  /** From the first start to the last end, of calls that failed too. */
  readonly elapsedMs: number;
  /** Calls that succeeded, a second; NaN where `noRate` says why. */
  readonly callsPerSecond: number;
  /** Why the round has no rate, and no time that it took as a whole, as the end of a sentence; null where it has one. */
  readonly noRate: string | null;
}

/** One number of an arm, in a round or in a pair. */
export interface PairValue {
  readonly pair: number;
  readonly value: number;
}

/**
 * The metric of one round, in ms a call, but `rate` in calls a second. `total` and `elapsed` are per call too, so that rounds of different
 * length compare. A percentile of so few calls that no interval around it would exist is not known. O(n).
 */
export function metricOf(round: RoundNumbers, metric: CallMetric): number | Missing {
  if (metric === "mean" || metric === "total") return round.totalMs / round.calls;
  // What says nothing of a rate says nothing of its inverse.
  if (metric === "elapsed")
    return round.noRate === null ? round.elapsedMs / round.calls : { missing: round.noRate };
  if (metric === "rate") return positiveRate(round);
  const { durationsMs } = round;
  if (metric === "min" || metric === "max" || metric === "spread") {
    const [shortest, longest] = [durationsMs.reduce(least), durationsMs.reduce(most)];
    if (metric === "min") return shortest;
    if (metric === "max") return longest;
    return longest > shortest
      ? longest - shortest
      : { missing: "its rounds have one call, which has no spread" };
  }
  const needed = fewestCallsFor(metric);
  if (durationsMs.length < needed) {
    const missing = `a ${metric} a round needs ${needed} calls a round, and in one of its rounds there are ${durationsMs.length}`;
    return { missing };
  }
  return percentileOfUnsorted(durationsMs, percentileShares[metric]);
}

function least(a: number, b: number): number {
  return Math.min(a, b);
}

function most(a: number, b: number): number {
  return Math.max(a, b);
}

/** The same of several rounds; of the first that lacks it, why. */
export function metricOfRounds(
  rounds: readonly RoundNumbers[],
  metric: CallMetric,
): readonly PairValue[] | Missing {
  const values: PairValue[] = [];
  for (const round of rounds) {
    const value = metricOf(round, metric);
    if (typeof value !== "number") return value;
    values.push({ pair: round.pair, value });
  }
  return values;
}

/** How many calls the rows of a round stand for, and what they took together; `callsOfRow` is 1, or the size of a batch. */
export function totalsOf(
  durationsMs: Float64Array,
  callsOfRow: ArrayLike<number>,
): Pick<RoundNumbers, "calls" | "totalMs"> {
  let calls = 0;
  let totalMs = 0;
  for (let row = 0; row < durationsMs.length; row++) {
    calls += callsOfRow[row] as number;
    totalMs += (durationsMs[row] as number) * (callsOfRow[row] as number);
  }
  return { calls, totalMs };
}

function positiveRate({ callsPerSecond, noRate }: RoundNumbers): number | Missing {
  if (noRate !== null) return { missing: noRate };
  return callsPerSecond > 0 ? callsPerSecond : { missing: noneCounted };
}

/** Why there is no ratio of rates or counts. */
export const noneCounted = "in a round of it no call succeeded within the run time";

/** Calls a second over several rounds, each for the time that its rate is over; NaN without any, or where one has no rate. */
export function rateOf(rounds: readonly { readonly counted: number; readonly seconds: number }[]): number {
  const counted = rounds.reduce((sum, round) => sum + round.counted, 0);
  return counted / rounds.reduce((sum, round) => sum + round.seconds, 0);
}
