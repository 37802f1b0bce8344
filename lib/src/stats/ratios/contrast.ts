import type { Estimate } from "../interval.js";
import type { BootstrapOptions } from "../resampling/bootstrap.js";
import { logarithmic, unscale } from "../scale.js";
import { type RunTerms, sumOfMeans } from "./block-mean.js";

/**
 * How many times a ratio becomes another one, from runs that were made apart: e to the sum over runs of the mean over pairs
 * of the mean over blocks, whose terms are logarithms. What two runs are to be compared by stands with a plus in the one and a
 * minus in the other; what ran in the same blocks is taken from each other there, and is one run. O(resamples × blocks).
 *
 * @throws RangeError when a run has not two blocks, or one of its pairs has none, or a term is not finite
 * @example
 * contrastEstimate([[[0.7, 0.8]], [[-0.1, -0.2]]], { seed: 1 }).value; // e^0.6
 */
export function contrastEstimate(runs: readonly RunTerms[], options: BootstrapOptions): Estimate {
  return unscale(sumOfMeans(runs, options), logarithmic);
}
