import type { Estimate } from "../interval.js";
import { type RoundSums, ratioOfSums } from "../ratios/ratio-of-sums.js";
import type { BootstrapOptions } from "./bootstrap.js";
import { studentQuantile } from "./student.js";

/**
 * Wilson's interval around a share of independent trials (1927), which is none the narrower for having seen no success. O(1).
 *
 * @throws RangeError unless 0 ≤ successes ≤ trials and there is a trial
 * @example
 * wilsonInterval(0, 100).high; // 0.0622
 */
export function wilsonInterval(successes: number, trials: number, confidence = 0.99): Estimate {
  if (!(trials > 0 && successes >= 0 && successes <= trials)) {
    throw new RangeError(
      `a share needs trials and no more successes than these, got ${successes} of ${trials}`,
    );
  }
  const z = studentQuantile((1 + confidence) / 2, Number.POSITIVE_INFINITY);
  const value = successes / trials;
  const middle = (value + z ** 2 / (2 * trials)) / (1 + z ** 2 / trials);
  const reach =
    (z / (1 + z ** 2 / trials)) * Math.sqrt((value * (1 - value)) / trials + z ** 2 / (4 * trials ** 2));
  return {
    value,
    low: successes === 0 ? 0 : middle - reach,
    high: successes === trials ? 1 : middle + reach,
    confidence,
  };
}

/**
 * A share of calls with its interval: by resampling rounds (`ratioOfSums`), because failures come in clusters, and no narrower than
 * Wilson's, because rounds that are all alike have nothing to resample. O(resamples × rounds).
 *
 * @param pairs pairs → rounds → calls that count, and all calls
 * @throws RangeError when there are not two rounds, or a pair has none
 * @example
 * shareEstimate([[{ above: 1, below: 2 }, { above: 0, below: 2 }]], { seed: 1 }).value; // 0.25
 */
export function shareEstimate(pairs: readonly (readonly RoundSums[])[], options: BootstrapOptions): Estimate {
  const rounds = pairs.flat();
  const trials = rounds.reduce((sum, { below }) => sum + below, 0);
  const successes = rounds.reduce((sum, { above }) => sum + above, 0);
  const resampled = ratioOfSums(pairs, options);
  const independent = wilsonInterval(successes, trials, resampled.confidence);
  return {
    ...resampled,
    low: Math.max(0, Math.min(resampled.low, independent.low)),
    high: Math.min(1, Math.max(resampled.high, independent.high)),
  };
}
