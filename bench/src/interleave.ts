import { createRandom } from "wirelab/dist/stats/random.js";
import type { BlockValues } from "wirelab/dist/stats/ratios/ratio.js";

/** Two ways of measuring the same thing, and how often they take turns. */
export interface Interleaved {
  /** Measures one round and gives its metric; both in the same unit. */
  readonly first: () => Promise<number>;
  readonly second: () => Promise<number>;
  /** Blocks that count, each one round of both. */
  readonly blocks: number;
  /** Blocks before those, which do not count. */
  readonly warmupBlocks: number;
  /** Decides who goes first in each block. */
  readonly seed: number;
  readonly onBlock?: (done: number) => void;
}

/** Lets two arms take turns, in random order in every block; gives the blocks in the order in which they ran. */
export async function interleave(options: Interleaved): Promise<BlockValues[]> {
  const { blocks, warmupBlocks, seed, onBlock } = options;
  const random = createRandom(seed);
  const all: BlockValues[] = [];
  for (let block = 0; block < warmupBlocks + blocks; block++) {
    const values = { first: Number.NaN, second: Number.NaN };
    for (const side of random.shuffled(["first", "second"] as const)) values[side] = await options[side]();
    all.push(values);
    onBlock?.(block + 1);
  }
  return all.slice(warmupBlocks);
}
