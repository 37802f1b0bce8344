import type { Estimate } from "../interval.js";
import { type BootstrapOptions, bootstrapInterval } from "../resampling/bootstrap.js";
import { linear, logarithmic, type Scale, unscale } from "../scale.js";
import { callsAbove, percentileInfluence } from "./percentile-influence.js";
import { type PooledCalls, poolCalls, valueAt } from "./pooled-calls.js";
import { pooledPercentile, weightedPercentile } from "./pooled-percentile.js";

/** One block's single calls of two arms, in any one unit. */
export interface BlockCalls {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** How two arms differ at one decile. */
export interface DecileShift {
  /** 0.1 to 0.9. */
  readonly p: number;
  /** First − second, in the unit of the calls. */
  readonly difference: Estimate;
  /** First ÷ second. */
  readonly ratio: Estimate;
}

/**
 * The shift function: how the deciles of two arms differ, each with an interval (Doksum 1974; Rousselet, Pernet &
 * Wilcox 2017). O(n log n + resamples × blocks).
 *
 * Blocks are resampled whole, both arms together (`bootstrapInterval`). Intervals are per decile, not joint.
 *
 * @param pairs pairs → blocks → calls above 0
 * @throws RangeError when there are not two blocks, or a block lacks calls of an arm
 * @example
 * const first = Float64Array.of(2, 4, 6);
 * const second = Float64Array.of(1, 2, 3);
 * shiftFunction([[{ first, second }, { first, second }]], { seed: 1 })[4].ratio.value; // 2
 */
export function shiftFunction(
  pairs: readonly (readonly BlockCalls[])[],
  options: BootstrapOptions,
): DecileShift[] {
  const first = poolCalls(pairs.map((blocks) => blocks.map((block) => block.first)));
  const second = poolCalls(pairs.map((blocks) => blocks.map((block) => block.second)));
  if (!(valueAt(first, 0) > 0 && valueAt(second, 0) > 0)) {
    throw new RangeError("ratios of deciles need calls above 0");
  }
  return [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((p) => ({
    p,
    difference: compare(first, second, p, options, linear),
    ratio: compare(first, second, p, options, logarithmic),
  }));
}

/** The difference of two deciles on a scale; on the logarithmic one that is their ratio. */
function compare(
  first: PooledCalls,
  second: PooledCalls,
  p: number,
  options: BootstrapOptions,
  scale: Scale,
): Estimate {
  const one = slopes(first, p, scale);
  const two = slopes(second, p, scale);
  const estimate = bootstrapInterval(
    {
      layout: first.layout,
      value: scale.to(pooledPercentile(first, p)) - scale.to(pooledPercentile(second, p)),
      compute: (weights) =>
        scale.to(weightedPercentile(first, weights, p)) - scale.to(weightedPercentile(second, weights, p)),
      influence: one.map((value, block) => value - (two[block] as number)),
    },
    options,
  );
  return unscale(estimate, scale);
}

/** Each block's influence on a decile: on the share of calls above it, times how fast the percentile moves with the share. */
function slopes(pool: PooledCalls, p: number, scale: Scale): Float64Array {
  const reach = 0.05;
  const rise = scale.to(pooledPercentile(pool, p + reach)) - scale.to(pooledPercentile(pool, p - reach));
  const influence = percentileInfluence(pool, callsAbove(pool, pooledPercentile(pool, p)));
  return influence.map((value) => (value * rise) / (2 * reach));
}
