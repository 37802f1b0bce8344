import type { Estimate } from "../interval.js";
import { logarithmic, unscale } from "../scale.js";

/**
 * How many times as large one positive number is as another, from an interval around each, where the two rest on independent data:
 * the distances of each from its own ends are squared and added on the axis of logarithms (MOVER: Zou & Donner 2008, Donner & Zou
 * 2012). Where the intervals are symmetric there, that is the sum of two squared standard errors; each keeps its own quantile of
 * Student's t, so the interval is rather too wide than too narrow. An interval that reaches 0 leaves the ratio open on that side. O(1).
 *
 * @throws RangeError for a number that is not above 0, or intervals of different confidence
 * @example
 * const two = { value: 2, low: 1.9, high: 2.1, confidence: 0.99 };
 * const one = { value: 1, low: 0.95, high: 1.05, confidence: 0.99 };
 * ratioOfEstimates(two, one).value; // 2
 */
export function ratioOfEstimates(above: Estimate, below: Estimate): Estimate {
  if (!(above.value > 0 && below.value > 0)) {
    throw new RangeError(`a ratio needs numbers above 0, got ${above.value} and ${below.value}`);
  }
  return unscale(differenceOfEstimates(logarithmsOf(above), logarithmsOf(below)), logarithmic);
}

/**
 * The same of a difference: for shares with Wilson's intervals it is Newcombe's (1998, method 10). O(1).
 *
 * @throws RangeError for intervals of different confidence
 * @example
 * differenceOfEstimates({ value: 3, low: 2, high: 4, confidence: 0.99 }, { value: 1, low: 1, high: 1, confidence: 0.99 }).low; // 1
 */
export function differenceOfEstimates(one: Estimate, less: Estimate): Estimate {
  if (one.confidence !== less.confidence) {
    throw new RangeError(`intervals of ${one.confidence} and ${less.confidence} make no common one`);
  }
  const value = one.value - less.value;
  return {
    value,
    low: value - Math.hypot(one.value - one.low, less.high - less.value),
    high: value + Math.hypot(one.high - one.value, less.value - less.low),
    confidence: one.confidence,
  };
}

function logarithmsOf({ value, low, high, confidence }: Estimate): Estimate {
  return { value: Math.log(value), low: Math.log(Math.max(0, low)), high: Math.log(high), confidence };
}
