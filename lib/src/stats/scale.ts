import type { Estimate } from "./interval.js";

/** The axis on which an interval is made symmetric. */
export interface Scale {
  readonly to: (value: number) => number;
  readonly from: (value: number) => number;
}

const linear: Scale = { to: (value) => value, from: (value) => value };
const logarithmic: Scale = { to: Math.log, from: Math.exp };

/**
 * Logarithmic where all values are above 0, so that an interval of durations stays above 0 and reaches further up
 * than down; linear otherwise. O(1).
 *
 * @example
 * scaleFor(0.5).to(1); // 0
 */
export function scaleFor(smallest: number): Scale {
  return smallest > 0 ? logarithmic : linear;
}

/**
 * An estimate made on a scale, on the axis of the values. O(1).
 *
 * @example
 * unscale({ value: 0, low: -1, high: 1, confidence: 0.99 }, scaleFor(1)).value; // 1
 */
export function unscale({ value, low, high, confidence }: Estimate, scale: Scale): Estimate {
  return { value: scale.from(value), low: scale.from(low), high: scale.from(high), confidence };
}
