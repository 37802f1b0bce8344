/** Points of an empirical distribution: `share[i]` of all values are at most `value[i]`. */
export interface Ecdf {
  readonly value: Float64Array;
  readonly share: Float64Array;
}

/**
 * A distribution in few points, all of them measured values: half spread evenly over the ranks, the others ever
 * closer towards both ends, where the outermost values are all kept. O(n log n).
 *
 * @param values any order, not empty
 * @param options `points`: about how many, at least 4; all values when there are no more of them
 * @throws RangeError for no values or too few points
 * @example
 * ecdf([3, 1, 2], { points: 100 }); // value 1, 2, 3; share 1/3, 2/3, 1
 */
export function ecdf(values: ArrayLike<number>, options: { readonly points: number }): Ecdf {
  const { points } = options;
  if (values.length === 0) throw new RangeError("a distribution of no values");
  if (!(points >= 4)) throw new RangeError(`points must be at least 4, got ${points}`);
  const sorted = Float64Array.from(values).sort();
  const ranks =
    sorted.length <= points ? Uint32Array.from(sorted.keys()) : chosenRanks(sorted.length, points);
  return {
    value: Float64Array.from(ranks, (rank) => sorted[rank] as number),
    share: Float64Array.from(ranks, (rank) => (rank + 1) / sorted.length),
  };
}

function chosenRanks(count: number, points: number): Uint32Array {
  const ranks = new Set<number>();
  const even = Math.floor(points / 2);
  for (let i = 0; i < even; i++) ranks.add(Math.round((i * (count - 1)) / (even - 1)));
  const tail = Math.floor(points / 4);
  for (let i = 0; i < tail; i++) {
    const fromEnd = Math.round((count / 2) ** (i / tail)) - 1;
    ranks.add(Math.max(fromEnd, Math.min(i, tail / 2)));
    ranks.add(count - 1 - fromEnd);
  }
  return Uint32Array.from(ranks).sort();
}
