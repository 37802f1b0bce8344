import type { Estimate } from "../interval.js";
import type { BootstrapOptions } from "../resampling/bootstrap.js";
import { logarithmic, unscale } from "../scale.js";
import { type RunTerms, sumOfMeans } from "./block-mean.js";
import { trimmed } from "./trimmed.js";

/** Whether all blocks of a pair count, or what befell few of them does not (`trimmed`). */
export type OverBlocks = "mean" | "trimmed mean";

/** How the blocks of a pair make its number, by default their mean, and how the interval is made. */
export interface ContrastOptions extends BootstrapOptions {
  readonly overBlocks?: OverBlocks;
}

/**
 * How many times a ratio becomes another one, from runs that were made apart: e to the sum over runs of the mean over pairs
 * of the (trimmed) mean over blocks, whose terms are logarithms. What two runs are to be compared by stands with a plus in the one and a
 * minus in the other; what ran in the same blocks is taken from each other there, and is one run. O(resamples × blocks).
 *
 * @throws RangeError when a run has not two blocks, or one of its pairs has none, or a term is not finite
 * @example
 * contrastEstimate([[[0.7, 0.8]], [[-0.1, -0.2]]], { seed: 1 }).value; // e^0.6
 */
export function contrastEstimate(
  runs: readonly RunTerms[],
  { overBlocks = "mean", ...options }: ContrastOptions,
): Estimate {
  const terms = overBlocks === "mean" ? runs : runs.map((pairs) => pairs.map(trimmed));
  return unscale(sumOfMeans(terms, options), logarithmic);
}

/** A median leaves out what befalls few calls of a block, and so it does with few blocks; what happens seldom is part of all other metrics. */
export function overBlocksOf(metric: string): OverBlocks {
  return metric === "median" ? "trimmed mean" : "mean";
}
