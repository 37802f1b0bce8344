import type { Estimate } from "./interval.js";

/** The axis on which an interval is made symmetric. */
export interface Scale {
  readonly to: (value: number) => number;
  readonly from: (value: number) => number;
}

/** For values that may be 0 or below. */
export const linear: Scale = { to: (value) => value, from: (value) => value };

/** Beyond it a number or its inverse is no double. */
const mostLogarithm = Math.log(Number.MAX_VALUE);

/** For ratios. What is beyond all doubles is so on both sides, so that an interval still turns over with its ratio. */
export const logarithmic: Scale = {
  to: Math.log,
  from: (value) => Math.exp(value < -mostLogarithm ? Number.NEGATIVE_INFINITY : value),
};

/**
 * Logarithmic where all values are above 0, so that an interval of durations stays above 0 and reaches further up
 * than down; linear otherwise. Logarithms are taken relative to the estimate, which so comes back unrounded. O(1).
 *
 * @example
 * scaleAround(2, 0.5).to(2); // 0
 */
export function scaleAround(estimate: number, smallest: number): Scale {
  if (!(smallest > 0)) return linear;
  return { to: (value) => Math.log(value / estimate), from: (value) => estimate * Math.exp(value) };
}

/**
 * An estimate made on a scale, on the axis of the values. O(1).
 *
 * @example
 * unscale({ value: 0, low: -1, high: 1, confidence: 0.99 }, logarithmic).value; // 1
 */
export function unscale({ value, low, high, confidence }: Estimate, scale: Scale): Estimate {
  return { value: scale.from(value), low: scale.from(low), high: scale.from(high), confidence };
}
