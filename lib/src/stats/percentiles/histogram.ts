/** Counts in bins of equal width on a logarithmic axis. */
export interface LogHistogram {
  /** One more than counts; ascending, in the unit of the values. */
  readonly edges: Float64Array;
  readonly counts: Uint32Array;
  /** Values of 0 or less, which have no place on a logarithmic axis. */
  readonly notPositive: number;
}

/**
 * Count values in bins of equal width on a logarithmic axis, from the smallest to the largest. O(n log(bins)).
 *
 * @param values any order
 * @param options `bins`: how many, at least 1
 * @throws RangeError for less than one bin, a value that is not finite, or no value above 0
 * @example
 * logHistogram([1, 10, 100, 1000], { bins: 3 }).counts; // 1, 1, 2
 */
export function logHistogram(values: ArrayLike<number>, options: { readonly bins: number }): LogHistogram {
  const { bins } = options;
  if (!(Number.isInteger(bins) && bins >= 1))
    throw new RangeError(`bins must be a whole number from 1, got ${bins}`);
  const { low, high, notPositive } = range(values);
  // Rounding may lift an edge above its neighbour when all values are nearly equal.
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) =>
    Math.min(high, low * (high / low) ** (i / bins)),
  ).sort();
  edges[0] = low;
  edges[bins] = high;
  const counts = new Uint32Array(bins);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value <= 0) continue;
    const bin = binOf(edges, value);
    counts[bin] = (counts[bin] as number) + 1;
  }
  return { edges, counts, notPositive };
}

/** The extremes of the values above 0; equal ones are given a bin around them. */
function range(values: ArrayLike<number>): { low: number; high: number; notPositive: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  let notPositive = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) throw new RangeError(`a histogram needs finite values, got ${value}`);
    if (value <= 0) notPositive++;
    else {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (high === 0) throw new RangeError("a histogram on a logarithmic axis needs a value above 0");
  return low === high ? { low: low / 1.1, high: high * 1.1, notPositive } : { low, high, notPositive };
}

/** The last bin that starts at or below a value, found by halving: computed bins disagree with rounded edges. */
function binOf(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((edges[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
