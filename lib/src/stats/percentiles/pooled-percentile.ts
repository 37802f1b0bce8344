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
  const low = lastBinUpTo(pool, weights, rank);
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

/** The last bin before which there are no more than `rank` calls of the resample; searched outwards from where the last search ended. */
function lastBinUpTo(pool: PooledCalls, weights: ArrayLike<number>, rank: number): number {
  const rounds = pool.counts.length;
  const isUpTo = (bin: number) => dot(weights, pool.before, bin * rounds) <= rank;
  const last = pool.isSorted.length - 1;
  let low = pool.lastFound[0] as number;
  let high = low;
  let step = 1;
  if (isUpTo(low)) {
    for (high = low + step; high <= last && isUpTo(high); high = low + step) {
      low = high;
      step *= 2;
    }
  } else {
    for (low = high - step; low > 0 && !isUpTo(low); low = high - step) {
      high = low;
      step *= 2;
    }
  }
  low = Math.max(0, low);
  high = Math.min(last, high - 1);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isUpTo(middle)) low = middle;
    else high = middle - 1;
  }
  pool.lastFound[0] = low;
  return low;
}

function dot(weights: ArrayLike<number>, counts: ArrayLike<number>, offset: number): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * (counts[offset + i] as number);
  return sum;
}
