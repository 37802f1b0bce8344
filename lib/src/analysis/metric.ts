import type { Missing } from "../hosts/process-usage.js";
import { smallestSample } from "../stats/order-statistics.js";
import { percentileOfUnsorted } from "../stats/percentile.js";
import type { MeasuredRound } from "./rounds.js";
import type { Metric } from "./types.js";

/** A metric that the calls of a round have by themselves. */
export type CallMetric = Exclude<Metric, "count" | "bytes" | "cpu" | "memory">;

type Percentile = Exclude<CallMetric, "mean" | "total" | "elapsed" | "min" | "max" | "spread" | "rate">;

const percentiles: Readonly<Record<Percentile, number>> = { median: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 };

/**
 * The metric of one round, in ms a call, but `rate` in calls a second. `total` and `elapsed` are per call too, so that rounds of different
 * length compare. A percentile of so few calls that no interval around it would exist is not known.
 */
export function metricOf(round: MeasuredRound, metric: CallMetric): number | Missing {
  if (metric === "mean" || metric === "total") return round.totalMs / round.calls;
  if (metric === "elapsed") return round.elapsedMs / round.calls;
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
  const p = percentiles[metric];
  const needed = metric === "median" ? 1 : smallestSample({ p, confidence: 0.95 });
  if (durationsMs.length < needed) {
    const missing = `a ${metric} a round needs ${needed} calls a round, and in one of its rounds there are ${durationsMs.length}`;
    return { missing };
  }
  return percentileOfUnsorted(durationsMs, p);
}

function least(a: number, b: number): number {
  return Math.min(a, b);
}

function most(a: number, b: number): number {
  return Math.max(a, b);
}

function positiveRate({ callsPerSecond, noRate }: MeasuredRound): number | Missing {
  if (noRate !== null) return { missing: noRate };
  return callsPerSecond > 0 ? callsPerSecond : { missing: noneCounted };
}

/** Why there is no ratio of rates or counts. */
export const noneCounted = "in a round of it no call succeeded within the run time";

/** Calls a second over several rounds, each for the time that its rate is over; NaN without any, or where one has no rate. */
export function rateOf(rounds: readonly MeasuredRound[]): number {
  const counted = rounds.reduce((sum, round) => sum + round.counted, 0);
  return counted / rounds.reduce((sum, round) => sum + round.seconds, 0);
}
