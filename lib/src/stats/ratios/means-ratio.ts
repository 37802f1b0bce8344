import type { Estimate } from "../interval.js";
import { type BootstrapOptions, bootstrapOfRuns } from "../resampling/bootstrap.js";
import { blockShares, type Layout } from "../resampling/layout.js";
import { logarithmic, unscale } from "../scale.js";

/** Positive numbers that each block of a run has, always the same ones in the same order: pairs → blocks → numbers. */
export type RunNumbers = readonly (readonly (readonly number[])[])[];

/** A positive number computed from the geometric means of all runs' numbers, run after run, in the order of the blocks'. */
export type OfMeans = (means: readonly number[]) => number;

/**
 * A ratio that is any smooth function of means, such as what was measured in one run ÷ what follows from others: each number's
 * geometric mean over pairs of that over blocks goes in. Every run is resampled by itself, its blocks whole, so that the interval
 * carries the uncertainty of all that the ratio rests on; how far one block moves it comes from the function's slope (the
 * infinitesimal jackknife, Efron 1982). Where a resample has no positive ratio the interval is endless. O(resamples × numbers).
 *
 * @throws RangeError when a run has not two blocks, one of its pairs has none, or a number or the ratio is not positive
 * @example
 * const found = [[[2], [2.1]]]; // a call by itself
 * const tested = [[[4.2], [4.1]]]; // a call that is said to take twice as long
 * ratioOfMeans([found, tested], ([one = 0, two = 0]) => two / (2 * one), { seed: 1 });
 */
export function ratioOfMeans(
  runs: readonly RunNumbers[],
  ratio: OfMeans,
  options: BootstrapOptions,
): Estimate {
  const parts = partsOf(runs);
  const logs = parts.map(({ blocks }) => blocks.map((numbers) => numbers.map(logOf)));
  const shares = parts.map(({ layout }) => blockShares(layout));
  const meansAt = (weights: Float64Array) =>
    parts.flatMap(({ start }, run) =>
      weightedMeans(logs[run] as number[][], (block) => {
        return (weights[start + block] as number) * ((shares[run] as Float64Array)[block] as number);
      }),
    );
  const all = parts.reduce((sum, { blocks }) => sum + blocks.length, 0);
  const means = meansAt(new Float64Array(all).fill(1));
  const logRatio = (at: readonly number[]) => Math.log(ratio(at.map(Math.exp)));
  const value = logRatio(means);
  if (!Number.isFinite(value))
    throw new RangeError("what is measured and what is said of it must be positive");
  const slopes = slopesOf(logRatio, means);
  let first = 0;
  const influence = logs.flatMap((blocks) => {
    const own = first;
    first += blocks[0]?.length ?? 0;
    return blocks.map((numbers) =>
      numbers.reduce(
        (sum, log, i) => sum + (slopes[own + i] as number) * (log - (means[own + i] as number)),
        0,
      ),
    );
  });
  const statistic = {
    layouts: parts.map(({ layout }) => layout),
    value,
    compute: (weights: Float64Array) => {
      const resampled = logRatio(meansAt(weights));
      return Number.isFinite(resampled) ? resampled : Number.POSITIVE_INFINITY;
    },
    influence: Float64Array.from(influence),
  };
  return unscale(bootstrapOfRuns(statistic, options), logarithmic);
}

/** The geometric means of all runs' numbers, as {@link ratioOfMeans} hands them on. */
export function geometricMeans(runs: readonly RunNumbers[]): readonly number[] {
  return partsOf(runs).flatMap(({ layout, blocks }) => {
    const shares = blockShares(layout);
    const logs = blocks.map((numbers) => numbers.map(logOf));
    return weightedMeans(logs, (block) => shares[block] as number).map(Math.exp);
  });
}

interface Part {
  readonly layout: Layout;
  /** Pair after pair. */
  readonly blocks: readonly (readonly number[])[];
  /** Number of its first block among those of all runs. */
  readonly start: number;
}

function partsOf(runs: readonly RunNumbers[]): readonly Part[] {
  let start = 0;
  return runs.map((pairs) => {
    const part = { layout: pairs.map((blocks) => blocks.length), blocks: pairs.flat(), start };
    start += part.blocks.length;
    return part;
  });
}

function logOf(number: number): number {
  if (number > 0 && number < Number.POSITIVE_INFINITY) return Math.log(number);
  throw new RangeError(`a geometric mean needs positive numbers, got ${number}`);
}

function weightedMeans(
  blocks: readonly (readonly number[])[],
  weightOf: (block: number) => number,
): number[] {
  const sums = new Array<number>(blocks[0]?.length ?? 0).fill(0);
  blocks.forEach((numbers, block) => {
    const weight = weightOf(block);
    numbers.forEach((number, i) => {
      sums[i] = (sums[i] as number) + weight * number;
    });
  });
  return sums;
}

/** By how much the function changes with each of its arguments, by central differences. */
function slopesOf(of: (at: readonly number[]) => number, at: readonly number[]): number[] {
  const step = 1e-5;
  return at.map((_, i) => {
    const moved = (by: number) => of(at.map((mean, j) => (j === i ? mean + by : mean)));
    return (moved(step) - moved(-step)) / (2 * step);
  });
}
