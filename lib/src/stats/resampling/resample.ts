import type { Random } from "../random.js";
import type { Layout } from "./layout.js";

/** Fills `weights` (one per block, pair after pair) with how often each block is in the next resample. */
export type Resampler = (weights: Float64Array) => void;

/** Into how many stretches a single pair's blocks are cut; see `standardError`. */
export const BATCHES = 20;

/** Whom an interval speaks of: pairs that may have been others (`random`), or just those that ran (`fixed`). */
export type PairsAre = "random" | "fixed";

/**
 * A hierarchical bootstrap: pairs with replacement, then blocks with replacement within each (Davison & Hinkley
 * 1997, §3.8). With fixed pairs, and with a single one, circular runs of neighbouring blocks within each pair instead
 * (Politis & Romano 1992), each a twentieth of them long, so that correlation between neighbours survives.
 * O(blocks) a resample.
 *
 * @throws RangeError when there are not at least two blocks, or a pair has none
 * @example
 * const weights = new Float64Array(4);
 * hierarchicalResampler([2, 2], createRandom(1))(weights); // weights sum to 4
 */
export function hierarchicalResampler(layout: Layout, random: Random, pairs: PairsAre = "random"): Resampler {
  const blocks = layout.reduce((sum, count) => sum + count, 0);
  if (blocks < 2 || layout.some((count) => count < 1)) {
    throw new RangeError(
      `resampling needs two blocks and none of the pairs empty, got [${layout.join(", ")}]`,
    );
  }
  const fixed = pairs === "fixed" || layout.length === 1;
  return fixed ? circularRuns(layout, random) : pairsThenBlocks(layout, random);
}

/** Index of each pair's first block. */
function startsOf(layout: Layout): Int32Array {
  const starts = new Int32Array(layout.length);
  for (let pair = 1; pair < layout.length; pair++) {
    starts[pair] = (starts[pair - 1] as number) + (layout[pair - 1] as number);
  }
  return starts;
}

function pairsThenBlocks(layout: Layout, random: Random): Resampler {
  const counts = Int32Array.from(layout);
  const starts = startsOf(layout);
  return (weights) => {
    weights.fill(0);
    for (let drawn = 0; drawn < counts.length; drawn++) {
      const pair = random.below(counts.length);
      const start = starts[pair] as number;
      const count = counts[pair] as number;
      for (let i = 0; i < count; i++) {
        const block = start + random.below(count);
        weights[block] = (weights[block] as number) + 1;
      }
    }
  };
}

function circularRuns(layout: Layout, random: Random): Resampler {
  const starts = startsOf(layout);
  return (weights) => {
    weights.fill(0);
    layout.forEach((blocks, pair) => {
      const length = Math.ceil(blocks / BATCHES);
      for (let drawn = 0; drawn < blocks; drawn += length) {
        const start = random.below(blocks);
        for (let i = 0; i < Math.min(length, blocks - drawn); i++) {
          const block = (starts[pair] as number) + ((start + i) % blocks);
          weights[block] = (weights[block] as number) + 1;
        }
      }
    });
  };
}
