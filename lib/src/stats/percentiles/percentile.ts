import { quickselect } from "simple-statistics";

/** `linear` interpolates between ranks (Hyndman & Fan 1996, type 7); `nearest-rank` is always a measured value. */
export type PercentileMethod = "linear" | "nearest-rank";

/**
 * The value below which a share `p` of sorted values lies. O(1).
 *
 * @param sorted ascending, not empty; the order is not checked
 * @param p a share from 0 to 1: 0.99 for p99
 * @param method how to go between two ranks; `linear` is what R, NumPy and Excel do
 * @throws RangeError when there are no values, or p is not in [0, 1]
 * @example
 * percentile([1, 2, 3, 4], 0.5); // 2.5
 * percentile([1, 2, 3, 4], 0.5, "nearest-rank"); // 2
 */
export function percentile(
  sorted: ArrayLike<number>,
  p: number,
  method: PercentileMethod = "linear",
): number {
  if (sorted.length === 0) throw new RangeError("a percentile of no values");
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p must be a share from 0 to 1, got ${p}`);
  if (method === "nearest-rank") {
    return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] as number;
  }
  const { rank, nextRank, rest } = positionOf(sorted.length, p);
  return between(sorted[rank] as number, sorted[nextRank] as number, rest);
}

/**
 * The percentile (linear, type 7) of values in any order, which stay as they are. O(n).
 *
 * @example
 * percentileOfUnsorted(Float64Array.of(4, 1, 3, 2), 0.5); // 2.5
 */
export function percentileOfUnsorted(values: Float64Array, p: number): number {
  const { rank, nextRank, rest } = positionOf(values.length, p);
  const chosen = values.slice();
  // It swaps elements, which a typed array can as well.
  quickselect(chosen as unknown as number[], rank);
  const low = chosen[rank] as number;
  let next = Number.POSITIVE_INFINITY;
  for (let i = nextRank; i < chosen.length; i++) next = Math.min(next, chosen[i] as number);
  return between(low, next, rest);
}

/** Between which two ranks (0 = smallest) of so many values a percentile (type 7) lies, and how far behind the first. */
export function positionOf(
  length: number,
  p: number,
): { readonly rank: number; readonly nextRank: number; readonly rest: number } {
  const position = p * (length - 1);
  const rank = Math.floor(position);
  return { rank, nextRank: Math.min(rank + 1, length - 1), rest: position - rank };
}

/** What lies a share `rest` of the way from one value to the next; of two equal ones just that. */
export function between(low: number, high: number, rest: number): number {
  return low === high ? low : low + (high - low) * rest;
}
