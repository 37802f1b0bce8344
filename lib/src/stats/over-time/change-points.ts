import { createRandom, type Random } from "../random.js";

/** Where a series changed: the place of the first value after the change, and how rarely chance alone splits a series so well. */
export interface ChangePoint {
  readonly at: number;
  readonly p: number;
}

/** How changes are looked for; the same seed finds the same ones. */
export interface ChangePointOptions {
  readonly seed: number;
  /** A split counts that no more than this share of shuffled series has; default 0.01. */
  readonly significance?: number;
  /** Default 999. */
  readonly permutations?: number;
}

/**
 * With fewer values even a perfect split is hardly rare enough at the usual significance: twelve can be split into halves in 924 ways, of
 * which two are as good; ten in 252.
 */
export const fewestForChange = 12;

/** A split of a stretch of values in two. */
interface Split {
  readonly at: number;
  readonly statistic: number;
}

/**
 * Where the distribution of a series changed, by E-divisive means (Matteson & James 2014, as used on performance tests by Daly et al.
 * 2020): the split with the largest energy statistic, tested by shuffling the values between the changes already found, again and again until
 * one is not significant. A change needs several values on both sides; one value that lies apart is none. O(changes × permutations × n²).
 *
 * @param values in the order of time, on an axis where differences mean something: logarithms for durations
 * @throws RangeError for a value that is not finite
 * @example
 * changePoints([1, 1.1, 0.9, 1, 1.1, 1, 5, 5.1, 4.9, 5, 5.1, 5], { seed: 1 }); // [{ at: 6, p: … }]
 */
export function changePoints(
  values: readonly number[],
  { seed, significance = 0.01, permutations = 999 }: ChangePointOptions,
): readonly ChangePoint[] {
  const odd = values.find((value) => !Number.isFinite(value));
  if (odd !== undefined) throw new RangeError(`a series needs finite values, got ${odd}`);
  if (values.length < fewestForChange) return [];
  const random = createRandom(seed);
  const found: ChangePoint[] = [];
  for (;;) {
    const stretches = stretchesBetween(values, found);
    const best = largest(stretches.map(({ from, own }) => shifted(bestSplit(own), from)));
    const p = rarity(best.statistic, stretches, { random, permutations });
    if (p > significance) return found.toSorted((a, b) => a.at - b.at);
    found.push({ at: best.at, p });
  }
}

interface Stretch {
  readonly from: number;
  readonly own: readonly number[];
}

function stretchesBetween(values: readonly number[], found: readonly ChangePoint[]): readonly Stretch[] {
  const ends = [...found.map(({ at }) => at), values.length].sort((a, b) => a - b);
  return ends.map((end, i) => {
    const from = ends[i - 1] ?? 0;
    return { from, own: values.slice(from, end) };
  });
}

/** The share of shuffled series, itself counted as one, whose best split is as good (Phipson & Smyth 2010). */
function rarity(
  statistic: number,
  stretches: readonly Stretch[],
  { random, permutations }: { readonly random: Random; readonly permutations: number },
): number {
  let asGood = 0;
  for (let i = 0; i < permutations; i++) {
    const shuffled = largest(stretches.map(({ own }) => bestSplit(random.shuffled(own))));
    // Sums in another order round in another way.
    if (shuffled.statistic >= statistic * (1 - 1e-9)) asGood++;
  }
  return (asGood + 1) / (permutations + 1);
}

/**
 * The split of a stretch with the largest energy statistic, n m ÷ (n + m) × (2 E|X − Y| − E|X − X′| − E|Y − Y′|) (Székely & Rizzo 2005).
 * O(n²).
 *
 * @example
 * bestSplit([0, 0, 1, 1]).at; // 2
 */
export function bestSplit(values: readonly number[]): Split {
  const n = values.length;
  let [left, between, right] = [0, 0, 0];
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) right += distance(values, i, j);
  let best: Split = { at: 0, statistic: 0 };
  for (let at = 1; at < n; at++) {
    const moved = at - 1;
    let [before, after] = [0, 0];
    for (let j = 0; j < moved; j++) before += distance(values, moved, j);
    for (let j = at; j < n; j++) after += distance(values, moved, j);
    left += before;
    right -= after;
    between += after - before;
    const [m, rest] = [at, n - at];
    const energy = (2 * between) / (m * rest) - (2 * left) / m ** 2 - (2 * right) / rest ** 2;
    const statistic = ((m * rest) / n) * energy;
    if (statistic > best.statistic) best = { at, statistic };
  }
  return best;
}

function distance(values: readonly number[], i: number, j: number): number {
  return Math.abs((values[i] as number) - (values[j] as number));
}

function shifted({ at, statistic }: Split, by: number): Split {
  return { at: at + by, statistic };
}

function largest(splits: readonly Split[]): Split {
  return splits.reduce((best, split) => (split.statistic > best.statistic ? split : best));
}
