import type { PooledCalls } from "./pooled-calls.js";
import { binOf } from "./value-bins.js";

/** Calls of each round above a value. O(rounds + bin size). */
export function callsAbove(pool: PooledCalls, value: number): Float64Array {
  const rounds = pool.counts.length;
  const bin = binOf(pool.cuts, value);
  const above = pool.counts.map(
    (count, round) => count - (pool.before[(bin + 1) * rounds + round] as number),
  );
  for (let i = pool.begin[bin] as number; i < (pool.begin[bin + 1] as number); i++) {
    const round = pool.round[i] as number;
    if ((pool.values[i] as number) > value) above[round] = (above[round] as number) + 1;
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
  const calls = pool.length;
  const share = above.reduce((sum, count) => sum + count, 0) / calls;
  const scale = pool.layout.flatMap((rounds) => Array<number>(rounds).fill(rounds * pool.layout.length));
  return above.map(
    (count, round) => ((count - share * (pool.counts[round] as number)) * (scale[round] as number)) / calls,
  );
}
