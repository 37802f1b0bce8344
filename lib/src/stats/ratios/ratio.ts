import type { Estimate } from "../interval.js";
import { type ContrastOptions, contrastEstimate } from "./contrast.js";

/** One block's metric for each of two arms, in any one unit. */
export interface BlockValues {
  readonly first: number;
  readonly second: number;
}

/**
 * How many times larger the first arm's metric is than the second's, with an interval. O(resamples × blocks).
 *
 * Per block the logarithm of first ÷ second; the estimate is the mean over pairs of the mean over blocks, or of the trimmed
 * mean, exponentiated: a geometric mean, so that swapping the arms inverts it. With several pairs the interval speaks of
 * fresh pairs; with one pair it allows for correlation between its blocks, and speaks of that pair only. See
 * `bootstrapInterval` for the method; `npm run bench` shows how often it is right.
 *
 * @param pairs per pair its blocks in the order they ran
 * @throws RangeError when there are not two blocks, a pair has none, or a value is not above 0
 * @example
 * ratioEstimate([[{ first: 2, second: 1 }], [{ first: 2.2, second: 1 }]], { seed: 1 }).value; // 2.098
 */
export function ratioEstimate(
  pairs: readonly (readonly BlockValues[])[],
  options: ContrastOptions,
): Estimate {
  return contrastEstimate([pairs.map((blocks) => blocks.map(logRatio))], options);
}

/** The logarithm of first ÷ second in a block; a RangeError where there is none. */
export function logRatio({ first, second }: BlockValues): number {
  if (!(first > 0 && second > 0 && Number.isFinite(first) && Number.isFinite(second))) {
    throw new RangeError(`a ratio needs finite values above 0, got ${first} and ${second}`);
  }
  return Math.log(first) - Math.log(second);
}
