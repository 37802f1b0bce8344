import { percentile } from "wirelab/dist/stats/percentiles/percentile.js";

/** Middle and ends of some numbers. */
export interface Range {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * The median of numbers in any order, with the least and the most of them. O(n log n).
 *
 * @throws RangeError when there are none
 * @example
 * rangeOf([3, 1, 2]); // { median: 2, least: 1, most: 3 }
 */
export function rangeOf(values: ArrayLike<number>): Range {
  const sorted = Float64Array.from(values).sort();
  const median = percentile(sorted, 0.5);
  return { median, least: sorted[0] as number, most: sorted[sorted.length - 1] as number };
}

/** A range in words: `2.1 s (1.9–2.4)`; `digits` after the point, "" for a number without a unit. */
export function rangeText({ median, least, most }: Range, unit: string, digits: number): string {
  const [middle, low, high] = [median, least, most].map((value) => value.toFixed(digits));
  return `${middle}${unit === "" ? "" : ` ${unit}`} (${low}–${high})`;
}
