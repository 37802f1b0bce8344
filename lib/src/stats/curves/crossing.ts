import type { Estimate } from "../interval.js";
import { createRandom } from "../random.js";
import { studentQuantile } from "../resampling/student.js";
import { normal } from "../simulate.js";

/** A ratio at a place on an axis. */
export interface RatioAt {
  readonly position: number;
  readonly ratio: Estimate;
}

/** Where ratios along an axis pass 1. */
export type Crossing =
  /** Once; an end that lies beyond the outermost ratio is infinite. */
  | { readonly kind: "once"; readonly at: number; readonly low: number; readonly high: number }
  /** Nowhere: all lie on this side of 1. */
  | { readonly kind: "never"; readonly side: "above" | "below" }
  | { readonly kind: "several"; readonly count: number };

/** How the interval around a crossing is made; the same seed gives the same one. */
export interface CrossingOptions {
  readonly seed: number;
  /** Default 0.99. */
  readonly confidence?: number;
  /** Default 4000. */
  readonly resamples?: number;
}

/**
 * Where ratios that are known to an interval each pass 1, interpolated on the logarithm of the ratio, with an interval: each
 * resample draws every ratio from the normal distribution that its interval stands for, and passes 1 where it does so next
 * to the estimate, or beyond the axis where it does not at all. O(resamples × ratios).
 *
 * @param ratios by rising position, two or more, of equal confidence
 * @throws RangeError for fewer than two ratios or positions that do not rise
 * @example
 * crossingOf(ratios, { seed: 1 }); // { kind: "once", at: 3.2, low: 2.9, high: 3.6 }
 */
export function crossingOf(
  ratios: readonly RatioAt[],
  { seed, confidence = 0.99, resamples = 4000 }: CrossingOptions,
): Crossing {
  const positions = ratios.map(({ position }) => position);
  if (positions.length < 2 || positions.some((position, i) => position <= (positions[i - 1] ?? -Infinity))) {
    throw new RangeError(`a crossing needs two positions or more that rise, got ${positions.join(", ")}`);
  }
  const logs = ratios.map(({ ratio }) => Math.log(ratio.value));
  const [at, ...others] = passes(positions, logs);
  if (at === undefined) return { kind: "never", side: (logs[0] as number) > 0 ? "above" : "below" };
  if (others.length > 0) return { kind: "several", count: 1 + others.length };
  const random = createRandom(seed);
  const errors = ratios.map(({ ratio }) => standardErrorOf(ratio));
  const rising = (logs[0] as number) < (logs.at(-1) as number);
  const drawn = Float64Array.from({ length: resamples }, () => {
    const path = logs.map((log, i) => log + (errors[i] as number) * normal(random));
    return nearest(passes(positions, path), at) ?? beyond(path, rising);
  }).sort();
  const tail = (1 - confidence) / 2;
  return { kind: "once", at, low: endOf(drawn, tail), high: endOf(drawn, 1 - tail) };
}

/** Where a path of straight pieces passes 0. */
function passes(positions: readonly number[], path: readonly number[]): number[] {
  return path.slice(1).flatMap((to, i) => {
    const [from, left, right] = [path[i], positions[i], positions[i + 1]] as [number, number, number];
    return from > 0 === to > 0 ? [] : [left + ((right - left) * from) / (from - to)];
  });
}

function nearest(places: readonly number[], to: number): number | undefined {
  return places.toSorted((a, b) => Math.abs(a - to) - Math.abs(b - to))[0];
}

/** On which side of the axis a path that stays on one side of 0 would pass it. */
function beyond([first = 0]: readonly number[], rising: boolean): number {
  return first > 0 === rising ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function standardErrorOf({ low, high, confidence }: Estimate): number {
  return Math.log(high / low) / 2 / studentQuantile(1 - (1 - confidence) / 2, Number.POSITIVE_INFINITY);
}

/** By nearest rank: between infinite values nothing can be interpolated. */
function endOf(sorted: Float64Array, p: number): number {
  return sorted[Math.round(p * (sorted.length - 1))] as number;
}
