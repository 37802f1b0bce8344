import { between, positionOf } from "./percentile.js";
import { type PooledCalls, sortBin, valueAt } from "./pooled-calls.js";

/**
 * The percentile (linear, type 7) of all calls of a pool. O(log(bins)), and a bin is sorted when it is first looked into.
 *
 * @example
 * pooledPercentile(poolCalls([[Float64Array.of(1), Float64Array.of(5)]]), 0.5); // 3
 */
export function pooledPercentile(pool: PooledCalls, p: number): number {
  const { rank, nextRank, rest } = positionOf(pool.length, p);
  return between(valueAt(pool, rank), valueAt(pool, nextRank), rest);
}

/**
 * The percentile (linear, type 7) of a resample of rounds, each taken `weights[round]` times.
 *
 * Binary search over bins, then a walk within one: O(log(bins) × rounds + bin size). Exact.
 *
 * @example
 * weightedPercentile(poolCalls([[Float64Array.of(1), Float64Array.of(5)]]), [1, 3], 0.5); // 5
 */
export function weightedPercentile(pool: PooledCalls, weights: ArrayLike<number>, p: number): number {
  const { rank, nextRank, rest } = positionOf(dot(weights, pool.counts, 0), p);
  const { value, passed } = walkTo(pool, weights, rank);
  return passed > nextRank ? value : between(value, walkTo(pool, weights, nextRank).value, rest);
}

/** The value at a rank (0 = smallest) of the resample, and of how many calls of it the search knows that they are not larger. */
function walkTo(
  pool: PooledCalls,
  weights: ArrayLike<number>,
  rank: number,
): { readonly value: number; readonly passed: number } {
  const rounds = pool.counts.length;
  let low = 0;
  let high = pool.isSorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (dot(weights, pool.before, middle * rounds) <= rank) low = middle;
    else high = middle - 1;
  }
  if (low % 2 === 1) {
    const value = pool.cuts[low >> 1] as number;
    return { value, passed: dot(weights, pool.before, (low + 1) * rounds) };
  }
  sortBin(pool, low);
  let passed = dot(weights, pool.before, low * rounds);
  let at = (pool.begin[low] as number) - 1;
  while (passed <= rank) passed += weights[pool.round[++at] as number] as number;
  return { value: pool.values[at] as number, passed };
}

function dot(weights: ArrayLike<number>, counts: ArrayLike<number>, offset: number): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * (counts[offset + i] as number);
  return sum;
}
