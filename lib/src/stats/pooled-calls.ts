import type { Layout } from "./layout.js";

/** Durations of all rounds together, in order, so that a percentile of any resample of rounds is found without sorting. */
export interface PooledCalls {
  readonly layout: Layout;
  /** Calls in each round. */
  readonly counts: Float64Array;
  /** All durations, ascending. */
  readonly sorted: Float64Array;
  /** Which round the duration at the same place in `sorted` comes from. */
  readonly round: Uint32Array;
  /** `before[bin × rounds + round]`: calls of a round in all bins before this one. */
  readonly before: Uint32Array;
  readonly binSize: number;
  readonly bins: number;
}

/**
 * Sort the calls of all rounds once, and count them per round and bin. O(n log n).
 *
 * @param pairs pairs → rounds → durations, every round with at least one call
 * @throws RangeError for a round without calls, or a duration that is not a number
 * @example
 * poolCalls([[Float64Array.of(3, 1), Float64Array.of(2)]]).sorted; // 1, 2, 3
 */
export function poolCalls(pairs: readonly (readonly Float64Array[])[]): PooledCalls {
  const rounds = pairs.flat();
  if (rounds.some((round) => round.length === 0)) throw new RangeError("a round without calls");
  const counts = Float64Array.from(rounds, (round) => round.length);
  const sorted = new Float64Array(counts.reduce((sum, count) => sum + count, 0));
  let at = 0;
  for (const round of rounds) {
    sorted.set(round, at);
    at += round.length;
  }
  sorted.sort();
  // NaN sorts last.
  if (Number.isNaN(sorted[sorted.length - 1])) throw new RangeError("a duration is not a number");
  const round = roundOfRank(rounds, sorted);
  const layout = pairs.map((pair) => pair.length);
  return { layout, counts, sorted, round, ...countBins(round, rounds.length) };
}

/** Which round each sorted call comes from; looking every call up is several times faster than sorting indices. */
function roundOfRank(rounds: readonly Float64Array[], sorted: Float64Array): Uint32Array {
  const origin = new Uint32Array(sorted.length);
  const taken = new Uint32Array(sorted.length);
  rounds.forEach((round, index) => {
    for (let i = 0; i < round.length; i++) {
      const first = firstRank(sorted, round[i] as number);
      const ties = taken[first] as number;
      origin[first + ties] = index;
      taken[first] = ties + 1;
    }
  });
  return origin;
}

function firstRank(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function countBins(round: Uint32Array, rounds: number): Pick<PooledCalls, "before" | "binSize" | "bins"> {
  // At most 1024 bins: the counts stay small beside the calls, and a bin stays quick to walk through.
  const binSize = Math.max(64, Math.ceil(round.length / 1024));
  const bins = Math.ceil(round.length / binSize);
  const before = new Uint32Array(bins * rounds);
  for (let bin = 1; bin < bins; bin++) {
    before.copyWithin(bin * rounds, (bin - 1) * rounds, bin * rounds);
    for (let i = (bin - 1) * binSize; i < bin * binSize; i++) {
      const cell = bin * rounds + (round[i] as number);
      before[cell] = (before[cell] as number) + 1;
    }
  }
  return { before, binSize, bins };
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
  const total = dot(weights, pool.counts, 0);
  const position = p * (total - 1);
  const rank = Math.floor(position);
  const { value, next } = valueAtRank(pool, weights, rank, Math.min(rank + 1, total - 1));
  return value === next ? value : value + (next - value) * (position - rank);
}

/** Values at two neighbouring ranks (0 = smallest) of the resample. */
function valueAtRank(
  pool: PooledCalls,
  weights: ArrayLike<number>,
  rank: number,
  nextRank: number,
): { value: number; next: number } {
  let low = 0;
  let high = pool.bins - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (dot(weights, pool.before, middle * pool.counts.length) <= rank) low = middle;
    else high = middle - 1;
  }
  let passed = dot(weights, pool.before, low * pool.counts.length);
  let at = low * pool.binSize - 1;
  while (passed <= rank) passed += weights[pool.round[++at] as number] as number;
  const value = pool.sorted[at] as number;
  while (passed <= nextRank) passed += weights[pool.round[++at] as number] as number;
  return { value, next: pool.sorted[at] as number };
}

function dot(weights: ArrayLike<number>, counts: ArrayLike<number>, offset: number): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * (counts[offset + i] as number);
  return sum;
}
