import type { Layout } from "../resampling/layout.js";
import { binFinder, cutsOf, firstNotBelow } from "./value-bins.js";

/** Durations of all rounds together, in bins, so that a percentile of any resample of rounds is found without sorting. */
export interface PooledCalls {
  readonly layout: Layout;
  /** Calls in each round. */
  readonly counts: Float64Array;
  readonly length: number;
  /** See `binOf` of `value-bins.ts`. */
  readonly cuts: Float64Array;
  /** All durations, bin after bin; within a bin ascending once it `isSorted`. */
  readonly values: Float64Array;
  /** Which round the duration at the same place in `values` comes from. */
  readonly round: Uint32Array;
  readonly isSorted: Uint8Array;
  /** Where each bin begins in `values`, and the last one ends. */
  readonly begin: Uint32Array;
  /** `before[bin × rounds + round]`: calls of a round in all bins before this one. */
  readonly before: Uint32Array;
  /** The bin in which the last search of a resample ended: those of one percentile end near each other. */
  readonly lastFound: Uint32Array;
}

/**
 * Put the calls of all rounds into bins once, and count them per round and bin. O(n log(bins)).
 *
 * @param pairs pairs → rounds → durations, every round with at least one call
 * @throws RangeError for a round without calls, or a duration that is not a number
 * @example
 * valueAt(poolCalls([[Float64Array.of(3, 1), Float64Array.of(2)]]), 0); // 1
 */
export function poolCalls(pairs: readonly (readonly Float64Array[])[]): PooledCalls {
  const rounds = pairs.flat();
  if (rounds.some((round) => round.length === 0)) throw new RangeError("a round without calls");
  const counts = Float64Array.from(rounds, (round) => round.length);
  const length = counts.reduce((sum, count) => sum + count, 0);
  const cuts = cutsOf(rounds, length);
  const bins = 2 * cuts.length + 1;
  const binned = binEach(rounds, cuts, new Uint16Array(length));
  const before = countBefore(rounds, binned, bins);
  const begin = beginOfBins(before, bins, rounds.length);
  const [values, round, next] = [new Float64Array(length), new Uint32Array(length), begin.slice()];
  let i = 0;
  rounds.forEach((list, index) => {
    for (let call = 0; call < list.length; call++) {
      const bin = binned[i++] as number;
      const at = next[bin] as number;
      next[bin] = at + 1;
      values[at] = list[call] as number;
      round[at] = index;
    }
  });
  const layout = pairs.map((pair) => pair.length);
  return {
    layout,
    counts,
    length,
    cuts,
    values,
    round,
    isSorted: new Uint8Array(bins),
    begin,
    before,
    lastFound: new Uint32Array(1),
  };
}

function binEach(rounds: readonly Float64Array[], cuts: Float64Array, binned: Uint16Array): Uint16Array {
  const binOf = binFinder(cuts);
  let i = 0;
  for (const list of rounds) {
    for (let call = 0; call < list.length; call++) {
      const value = list[call] as number;
      if (Number.isNaN(value)) throw new RangeError("a duration is not a number");
      binned[i++] = binOf(value);
    }
  }
  return binned;
}

function countBefore(rounds: readonly Float64Array[], binned: Uint16Array, bins: number): Uint32Array {
  const before = new Uint32Array((bins + 1) * rounds.length);
  let i = 0;
  rounds.forEach((list, index) => {
    for (let call = 0; call < list.length; call++) {
      const cell = ((binned[i++] as number) + 1) * rounds.length + index;
      before[cell] = (before[cell] as number) + 1;
    }
  });
  for (let cell = rounds.length; cell < before.length; cell++) {
    before[cell] = (before[cell] as number) + (before[cell - rounds.length] as number);
  }
  return before;
}

function beginOfBins(before: Uint32Array, bins: number, rounds: number): Uint32Array {
  return Uint32Array.from({ length: bins + 1 }, (_, bin) => {
    let sum = 0;
    for (let cell = bin * rounds; cell < (bin + 1) * rounds; cell++) sum += before[cell] as number;
    return sum;
  });
}

/**
 * The duration at a rank, 0 being that of the shortest. O(log(bins)), and a bin is sorted when it is first looked into.
 *
 * @example
 * valueAt(poolCalls([[Float64Array.of(3, 1), Float64Array.of(2)]]), 2); // 3
 */
export function valueAt(pool: PooledCalls, rank: number): number {
  let low = 0;
  let high = pool.isSorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pool.begin[middle] as number) <= rank) low = middle;
    else high = middle - 1;
  }
  sortBin(pool, low);
  return pool.values[rank] as number;
}

/** Puts the calls of a bin into order; looking every call up is several times faster than sorting indices. */
export function sortBin({ begin, values, round, isSorted }: PooledCalls, bin: number): void {
  if (isSorted[bin] === 1) return;
  isSorted[bin] = 1;
  // The value of a cut alone.
  if (bin % 2 === 1) return;
  const own = values.subarray(begin[bin], begin[bin + 1]);
  const rounds = round.subarray(begin[bin], begin[bin + 1]);
  const sorted = own.slice().sort();
  const origin = new Uint32Array(own.length);
  const taken = new Uint32Array(own.length);
  for (let i = 0; i < own.length; i++) {
    const first = firstNotBelow(sorted, own[i] as number, 0, sorted.length);
    const ties = taken[first] as number;
    origin[first + ties] = rounds[i] as number;
    taken[first] = ties + 1;
  }
  own.set(sorted);
  rounds.set(origin);
}
