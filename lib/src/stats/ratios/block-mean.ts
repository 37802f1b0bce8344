import type { Estimate } from "../interval.js";
import { type BootstrapOptions, bootstrapOfRuns } from "../resampling/bootstrap.js";
import { blockShares } from "../resampling/layout.js";
import { byPair, type Place, sharedBlocks } from "./matched-rounds.js";

/** What each block of a run adds, pair by pair, in the order in which the blocks ran. */
export type RunTerms = readonly (readonly number[])[];

/** What one of several lists adds to a block. */
export interface BlockTerm extends Place {
  readonly value: number;
}

/** The blocks that all lists have, each with the sum of its terms. O(terms). */
export function sumInBlocks(lists: readonly (readonly BlockTerm[])[]): RunTerms {
  const sums = sharedBlocks(lists).map(({ pair, each }) => ({
    pair,
    sum: each.reduce((sum, { value }) => sum + value, 0),
  }));
  return byPair(sums).map((blocks) => blocks.map(({ sum }) => sum));
}

/**
 * The mean over pairs of means over blocks, such as of a difference that is taken inside each block, with its interval
 * (`bootstrapOfRuns`). O(resamples × blocks).
 *
 * @param pairs pairs → a value for each block, in any one unit
 * @throws RangeError when there are not two blocks, a pair has none, or a value is not finite
 * @example
 * blockMean([[1, 2], [3, 4]], { seed: 1 }).value; // 2.5
 */
export function blockMean(pairs: RunTerms, options: BootstrapOptions): Estimate {
  return sumOfMeans([pairs], options);
}

/** The sum of such means of several runs, each of which is resampled by itself. */
export function sumOfMeans(runs: readonly RunTerms[], options: BootstrapOptions): Estimate {
  const layouts = runs.map((pairs) => pairs.map((blocks) => blocks.length));
  const influence = Float64Array.from(runs.flat(2));
  const odd = influence.find((term) => !Number.isFinite(term));
  if (odd !== undefined) throw new RangeError(`a mean over blocks needs finite terms, got ${odd}`);
  const shares = layouts.flatMap((layout) => [...blockShares(layout)]);
  const terms = influence.map((term, block) => term * (shares[block] as number));
  const value = terms.reduce((sum, term) => sum + term, 0);
  const compute = (weights: Float64Array): number => {
    let sum = 0;
    for (let block = 0; block < terms.length; block++) {
      sum += (weights[block] as number) * (terms[block] as number);
    }
    return sum;
  };
  return bootstrapOfRuns({ layouts, value, compute, influence }, options);
}
