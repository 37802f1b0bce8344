import type { Estimate } from "../interval.js";
import type { Missing } from "../missing.js";
import { percentileRanks, smallestSample } from "../percentiles/order-statistics.js";
import { percentile } from "../percentiles/percentile.js";
import { differenceOfEstimates } from "../ratios/ratio-of-estimates.js";
import { type CallMetric, percentileShares } from "../ratios/round-metric.js";
import { logarithmic, unscale } from "../scale.js";
import { standardError } from "./standard-error.js";
import { studentQuantile } from "./student.js";

/**
 * First arm ÷ second arm of all calls together, with the interval that it would have if no call had anything to do with
 * another one. Calls of a run do, so this interval is too narrow; it is here to be shown beside the one that is not. O(n log n).
 *
 * Each arm has its own interval: of a mean by Student's t, of a percentile by its ranks (`percentileRanks`). On the log
 * scale the two become that of the ratio by the square-and-add method (Zou & Donner 2008).
 *
 * @param first durations of single calls, in any one unit
 * @returns why not, for a metric that is no mean or percentile, or too few calls
 * @example
 * ratioOfCalls(Float64Array.of(2, 2.2, 2.1), Float64Array.of(1, 1.1, 1.2), "mean");
 */
export function ratioOfCalls(
  first: Float64Array,
  second: Float64Array,
  metric: CallMetric,
  confidence = 0.99,
): Estimate | Missing {
  const [above, below] = [first, second].map((calls) => estimateOf(calls, metric, confidence)) as [
    Logs | Missing,
    Logs | Missing,
  ];
  if ("missing" in above) return above;
  if ("missing" in below) return below;
  const difference = differenceOfEstimates({ ...above, confidence }, { ...below, confidence });
  return unscale(difference, logarithmic);
}

/** Logarithms of an estimate and its ends. */
type Logs = Omit<Estimate, "confidence">;

function estimateOf(calls: Float64Array, metric: CallMetric, confidence: number): Logs | Missing {
  if (metric === "mean" || metric === "total") return meanOf(calls, confidence);
  if (metric in percentileShares) {
    return percentileOf(calls, percentileShares[metric as keyof typeof percentileShares], confidence);
  }
  return { missing: "single calls, without their rounds, give no interval of it" };
}

function meanOf(calls: Float64Array, confidence: number): Logs | Missing {
  if (calls.length < 2) return { missing: "it takes two calls of each arm" };
  let sum = 0;
  for (const duration of calls) sum += duration;
  const mean = sum / calls.length;
  const { error, freedom } = standardError(calls, Array<number>(calls.length).fill(1));
  // The slope of the logarithm carries the error over.
  const reach = (studentQuantile((1 + confidence) / 2, freedom) * error) / mean;
  const value = Math.log(mean);
  return { value, low: value - reach, high: value + reach };
}

function percentileOf(calls: Float64Array, p: number, confidence: number): Logs | Missing {
  const ranks = calls.length === 0 ? null : percentileRanks({ n: calls.length, p, confidence });
  if (ranks === null) return { missing: `it takes ${smallestSample({ p, confidence })} calls of each arm` };
  const sorted = calls.toSorted();
  const at = (rank: number) => Math.log(sorted[rank - 1] as number);
  return { value: Math.log(percentile(sorted, p)), low: at(ranks.low), high: at(ranks.high) };
}
