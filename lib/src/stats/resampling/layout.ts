/** How blocks are nested in pairs: the number of blocks in each pair, in order. */
export type Layout = readonly number[];

/**
 * The share that each block has in a mean over pairs of means over blocks; sums to 1. O(blocks).
 *
 * @example
 * blockShares([1, 2]); // [0.5, 0.25, 0.25]
 */
export function blockShares(layout: Layout): Float64Array {
  return Float64Array.from(
    layout.flatMap((blocks) => Array<number>(blocks).fill(1 / (layout.length * blocks))),
  );
}

/**
 * Means over the blocks of each pair. O(blocks).
 *
 * @param values one value per block, pair after pair
 * @example
 * pairMeans([1, 2, 4], [1, 2]); // [1, 3]
 */
export function pairMeans(values: ArrayLike<number>, layout: Layout): Float64Array {
  const means = new Float64Array(layout.length);
  let at = 0;
  layout.forEach((blocks, pair) => {
    let sum = 0;
    for (let block = 0; block < blocks; block++) sum += values[at++] as number;
    means[pair] = sum / blocks;
  });
  return means;
}
