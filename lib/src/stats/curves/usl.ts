import { percentile } from "../percentiles/percentile.js";
import { createRandom } from "../random.js";
import { hierarchicalResampler } from "../resampling/resample.js";

/** Throughput at one level of concurrency; any unit, the same for all. */
export interface LoadPoint {
  readonly concurrency: number;
  readonly rate: number;
}

/** Parameters of the Universal Scalability Law: X(N) = λN / (1 + σ(N − 1) + κN(N − 1)). */
export interface Usl {
  /** Throughput of one caller. */
  readonly lambda: number;
  /** Share of the work that waits for others: contention. */
  readonly sigma: number;
  /** What every pair of callers costs each other: coherency. Above 0 throughput has a peak. */
  readonly kappa: number;
}

/** Gunther asks for so many levels at least, twice as many as there are parameters. */
export const leastLevels = 6;

/** Throughput that the law gives for so many callers. O(1). */
export function uslRate({ lambda, sigma, kappa }: Usl, concurrency: number): number {
  const others = concurrency - 1;
  return (lambda * concurrency) / (1 + sigma * others + kappa * concurrency * others);
}

/** Where throughput peaks, in callers: √((1 − σ) ÷ κ); `Infinity` where it never does. O(1). */
export function uslKnee({ sigma, kappa }: Usl): number {
  if (sigma >= 1) return 1;
  return kappa > 0 ? Math.max(1, Math.sqrt((1 - sigma) / kappa)) : Number.POSITIVE_INFINITY;
}

/**
 * Fits the Universal Scalability Law (Gunther, *Guerrilla Capacity Planning*, 2007, ch. 4–5). O(points).
 *
 * N ÷ X(N) is linear in 1, N − 1 and N(N − 1), so this is a least-squares fit, of relative errors, with σ and κ not
 * below 0: of the fits with none, either or both of them held at 0 the best one that is allowed.
 *
 * @throws RangeError for fewer than `leastLevels` different levels, or a rate that is not above 0
 * @example
 * const law = { lambda: 100, sigma: 0.05, kappa: 0.001 };
 * fitUsl([1, 2, 4, 8, 16, 32].map((n) => ({ concurrency: n, rate: uslRate(law, n) }))).sigma; // 0.05
 */
export function fitUsl(points: readonly LoadPoint[]): Usl {
  const levels = new Set(points.map(({ concurrency }) => concurrency));
  if (levels.size < leastLevels) {
    throw new RangeError(`the law needs ${leastLevels} levels of concurrency, got ${levels.size}`);
  }
  if (points.some(({ rate }) => !(rate > 0 && Number.isFinite(rate)))) {
    throw new RangeError("a rate must be a finite number above 0");
  }
  const rows = points.map(({ concurrency: n, rate }): Row => {
    const weight = rate / n;
    return [weight, weight * (n - 1), weight * n * (n - 1)];
  });
  const fits = [[0, 1, 2], [0, 1], [0, 2], [0]].map((free) => solve(rows, free));
  const allowed = fits.filter(({ at }) => at[0] > 0 && at[1] >= 0 && at[2] >= 0);
  const best = allowed.reduce((a, b) => (b.error < a.error ? b : a));
  const [one, contention, coherency] = best.at;
  return { lambda: 1 / one, sigma: contention / one, kappa: coherency / one };
}

/**
 * The throughput of each level over blocks of equally many calls, each counted `weights` times: calls ÷ time, a harmonic
 * mean. Fitted to single blocks, relative errors would draw the law above noisy rates. O(blocks × levels).
 */
export function pooledLevels(
  blocks: readonly (readonly LoadPoint[])[],
  weights: ArrayLike<number> = blocks.map(() => 1),
): LoadPoint[] {
  const sums = new Map<number, { calls: number; time: number }>();
  blocks.forEach((block, b) => {
    const weight = weights[b] as number;
    for (const { concurrency, rate } of weight > 0 ? block : []) {
      const sum = sums.get(concurrency) ?? { calls: 0, time: 0 };
      sums.set(concurrency, { calls: sum.calls + weight, time: sum.time + weight / rate });
    }
  });
  return [...sums].map(([concurrency, { calls, time }]) => ({ concurrency, rate: calls / time }));
}

/** A knee with its interval, or why none can be reported. */
export type Knee =
  | { readonly value: number; readonly low: number; readonly high: number; readonly confidence: number }
  | { readonly refused: string };

/** With fewer blocks a percentile interval is too narrow: simulated, it held the truth 95 times of 100 with 10 blocks, 72 with 3. */
export const leastBlocks = 20;

/**
 * Where throughput peaks, with a percentile interval over resampled blocks; refused with fewer than `leastBlocks`, and unless
 * all of it lies within the levels that were measured, because a peak beyond them was not seen. O(resamples × blocks ×
 * levels).
 *
 * @param blocks blocks in the order they ran, each with a rate of every level
 * @throws RangeError as `fitUsl` does
 */
export function kneeEstimate(
  blocks: readonly (readonly LoadPoint[])[],
  { seed, confidence = 0.99, resamples = 1000 }: { seed: number; confidence?: number; resamples?: number },
): Knee {
  if (blocks.length < leastBlocks) {
    return { refused: `a peak needs ${leastBlocks} blocks and there are ${blocks.length}` };
  }
  const draw = hierarchicalResampler([blocks.length], createRandom(seed));
  const weights = new Float64Array(blocks.length);
  const knees = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    draw(weights);
    knees[i] = uslKnee(fitUsl(pooledLevels(blocks, weights)));
  }
  knees.sort();
  const tail = (1 - confidence) / 2;
  const [low, high] = [percentile(knees, tail, "nearest-rank"), percentile(knees, 1 - tail, "nearest-rank")];
  const value = uslKnee(fitUsl(pooledLevels(blocks)));
  const most = Math.max(...blocks.flat().map(({ concurrency }) => concurrency));
  if (value <= most && high <= most) return { value, low, high, confidence };
  return {
    refused: `no peak was seen up to ${most} callers: its ${Math.round(confidence * 100)} % interval reaches beyond`,
  };
}

type Row = readonly [number, number, number];

/** Least squares of `rows` · x = 1 with only the `free` elements of x, the others 0, by the normal equations. */
function solve(
  rows: readonly Row[],
  free: readonly number[],
): { at: [number, number, number]; error: number } {
  // Columns differ by powers of the concurrency; scaled to length 1 they stay far from singular.
  const lengths = free.map((i) => Math.hypot(...rows.map((row) => row[i] as number)));
  const scaled = rows.map((row) => free.map((i, k) => (row[i] as number) / (lengths[k] as number)));
  const matrix = free.map((_, i) => [
    ...free.map((_, j) => sum(scaled.map((row) => (row[i] as number) * (row[j] as number)))),
    sum(scaled.map((row) => row[i] as number)),
  ]);
  const solution = eliminate(matrix);
  const at: [number, number, number] = [0, 0, 0];
  free.forEach((i, k) => {
    at[i] = (solution[k] as number) / (lengths[k] as number);
  });
  const error = sum(rows.map((row) => (1 - row[0] * at[0] - row[1] * at[1] - row[2] * at[2]) ** 2));
  return { at, error };
}

/** Gauss with pivots on a matrix that has its right side as last column. */
function eliminate(matrix: number[][]): number[] {
  const n = matrix.length;
  for (let i = 0; i < n; i++) {
    const below = matrix.slice(i).map((row) => Math.abs(row[i] as number));
    const pivot = i + below.indexOf(Math.max(...below));
    [matrix[i], matrix[pivot]] = [matrix[pivot] as number[], matrix[i] as number[]];
    const top = matrix[i] as number[];
    matrix[i] = top.map((value) => value / (top[i] as number));
    for (let k = 0; k < n; k++) {
      if (k === i) continue;
      const factor = matrix[k]?.[i] as number;
      matrix[k] = (matrix[k] as number[]).map((value, j) => value - factor * (matrix[i]?.[j] as number));
    }
  }
  return matrix.map((row) => row[n] as number);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
