import type { Estimate } from "../interval.js";
import { atLeastBatches } from "../resampling/batches.js";
import { type BootstrapOptions, bootstrapInterval } from "../resampling/bootstrap.js";
import { scaleAround, unscale } from "../scale.js";
import { smallestSample } from "./order-statistics.js";
import { callsAbove, percentileInfluence } from "./percentile-influence.js";
import { type PooledCalls, poolCalls, valueAt } from "./pooled-calls.js";
import { pooledPercentile, weightedPercentile } from "./pooled-percentile.js";

/** Why there is no estimate, and how many calls there should have been. */
export interface Refusal {
  readonly refused: string;
  /** Calls in all. */
  readonly needed: number;
}

/**
 * A percentile of all calls with its interval, or a refusal when there are too few calls for it.
 * O(n log n + resamples × rounds).
 *
 * Calls of a run come in good and bad stretches, so whole rounds are resampled, within resampled pairs
 * (`bootstrapInterval`); intervals from ranks of single calls are several times too narrow. Refused below the
 * smallest independent sample that has an interval (`smallestSample`) times the design effect (Kish 1965, §5.4):
 * how much more the share of slow calls varies between the rounds of a pair than if calls were independent.
 *
 * @param pairs pairs → rounds → durations of single calls, in the order they ran, in any one unit
 * @throws RangeError for no calls, a round without calls, or p outside (0, 1)
 * @example
 * const round = Float64Array.from({ length: 1000 }, (_, i) => 1 + (i % 10) / 10);
 * percentileEstimate([[round, round], [round, round]], { p: 0.5, seed: 1 });
 */
export function percentileEstimate(
  pairs: readonly (readonly Float64Array[])[],
  options: BootstrapOptions & { readonly p: number },
): Estimate | Refusal {
  return estimateOfPool(poolableCalls(pairs), options);
}

/** Durations of single calls that are pooled when a number of them is first asked for, and then for all numbers. */
export interface PoolableCalls {
  readonly pairs: number;
  readonly calls: number;
  readonly pool: () => PooledCalls;
}

/** The same calls as `percentileEstimate` takes, for more than one percentile of them. */
export function poolableCalls(pairs: readonly (readonly Float64Array[])[]): PoolableCalls {
  let made: PooledCalls | null = null;
  return {
    pairs: pairs.length,
    calls: pairs.flat().reduce((sum, round) => sum + round.length, 0),
    pool() {
      made ??= poolCalls(atLeastBatches(pairs));
      return made;
    },
  };
}

/** As `percentileEstimate`. */
export function estimateOfPool(
  { calls, pool: pooled }: PoolableCalls,
  options: BootstrapOptions & { readonly p: number },
): Estimate | Refusal {
  const { p, confidence = 0.99 } = options;
  const independent = smallestSample({ p, confidence });
  if (calls < independent) return refusal(p, calls, independent);

  const pool = pooled();
  const value = pooledPercentile(pool, p);
  const above = callsAbove(pool, value);
  const needed = Math.ceil(independent * designEffect(pool, above, p));
  if (calls < needed) return refusal(p, calls, needed);

  const scale = scaleAround(value, valueAt(pool, 0));
  const statistic = {
    layout: pool.layout,
    value: scale.to(value),
    compute: (weights: Float64Array) => scale.to(weightedPercentile(pool, weights, p)),
    influence: percentileInfluence(pool, above),
  };
  return unscale(bootstrapInterval(statistic, options), scale);
}

function refusal(p: number, calls: number, needed: number): Refusal {
  const name = `p${Number((p * 100).toFixed(4))}`;
  return { refused: `${name} needs ${needed} calls as correlated as these, there are ${calls}`, needed };
}

/** Variance of the rounds' slow calls around their pair's share, against that of independent calls; at least 1. */
function designEffect(pool: PooledCalls, above: Float64Array, p: number): number {
  let at = 0;
  let observed = 0;
  let expected = 0;
  for (const rounds of pool.layout) {
    const aboveHere = above.subarray(at, at + rounds);
    const countsHere = pool.counts.subarray(at, at + rounds);
    const calls = countsHere.reduce((sum, count) => sum + count, 0);
    const share = aboveHere.reduce((sum, count) => sum + count, 0) / calls;
    aboveHere.forEach((count, i) => {
      observed += (count - share * (countsHere[i] as number)) ** 2;
    });
    expected += calls * p * (1 - p) * (1 - 1 / rounds);
    at += rounds;
  }
  return expected > 0 ? Math.max(1, observed / expected) : 1;
}
