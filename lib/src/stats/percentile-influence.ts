import type { PooledCalls } from "./pooled-calls.js";

/** Calls of each round above a value. O(calls above it). */
export function callsAbove(pool: PooledCalls, value: number): Float64Array {
  const above = new Float64Array(pool.counts.length);
  for (let i = pool.sorted.length - 1; i >= 0 && (pool.sorted[i] as number) > value; i--) {
    const round = pool.round[i] as number;
    above[round] = (above[round] as number) + 1;
  }
  return above;
}

/**
 * What each round adds to the share of calls above a percentile, beyond its due: to first order the percentile of a
 * resample moves in proportion (Woodruff 1952). Scaled as `Statistic.influence` wants it. O(rounds).
 *
 * @param above from `callsAbove`
 * @example
 * const pool = poolCalls([[Float64Array.of(1, 1), Float64Array.of(1, 9)]]);
 * percentileInfluence(pool, callsAbove(pool, 1)); // -0.25, 0.25
 */
export function percentileInfluence(pool: PooledCalls, above: Float64Array): Float64Array {
  const calls = pool.sorted.length;
  const share = above.reduce((sum, count) => sum + count, 0) / calls;
  const scale = pool.layout.flatMap((rounds) => Array<number>(rounds).fill(rounds * pool.layout.length));
  return above.map(
    (count, round) => ((count - share * (pool.counts[round] as number)) * (scale[round] as number)) / calls,
  );
}
