/** Counts in bins of equal width on a logarithmic axis. */
export interface LogHistogram {
  /** One more than counts; ascending, in the unit of the values. */
  readonly edges: Float64Array;
  readonly counts: Uint32Array;
  /** Values of 0 or less, which have no place on a logarithmic axis. */
  readonly notPositive: number;
}

/**
 * Count values in bins of equal width on a logarithmic axis, from the smallest to the largest. O(n).
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
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => low * (high / low) ** (i / bins));
  edges[bins] = high;
  const counts = new Uint32Array(bins);
  const perBin = Math.log(high / low) / bins;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value <= 0) continue;
    const bin = placeBetween(edges, value, Math.floor(Math.log(value / low) / perBin));
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

/** Corrects a computed bin by rounding's one step, so that counts agree with the edges; the last bin is closed. */
function placeBetween(edges: Float64Array, value: number, guess: number): number {
  let bin = Math.min(Math.max(guess, 0), edges.length - 2);
  if (bin > 0 && value < (edges[bin] as number)) bin--;
  if (bin < edges.length - 2 && value >= (edges[bin + 1] as number)) bin++;
  return bin;
}
