import { median } from "simple-statistics";

/** Where warm-up ends. */
export interface Warmup {
  /** Index of the first warm block. */
  readonly from: number;
  /** False when the blocks after it still go up or down. */
  readonly steady: boolean;
}

/**
 * Find the block from which a series is warm. O(n²), n in the hundreds at most.
 *
 * Truncation by MSER (White 1997): the cut that makes the standard error of the remaining mean smallest, or the first
 * that is as good within chance. Before that a running median of three takes out single disturbed blocks; and a cut
 * must separate values that differ by three standard errors, since on plain noise MSER cuts somewhere too. Whether the rest still trends is Mann–Kendall's
 * test (Mann 1945) at 1 %, for a rise over the rest that exceeds its noise.
 *
 * @param series one value a block of one arm, e.g. round medians, in the order they ran
 * @param options `longest`: the most blocks that may be called warm-up
 * @throws RangeError when longest is not a whole number from 0
 * @example
 * detectWarmup([9, 4, 2, 1, 1.1, 0.9, 0.9, 1, 1.1, 1.1, 0.9, 1], { longest: 5 }); // { from: 3, steady: true }
 */
export function detectWarmup(series: readonly number[], options: { readonly longest: number }): Warmup {
  const { longest } = options;
  if (!(Number.isInteger(longest) && longest >= 0)) {
    throw new RangeError(`longest must be a whole number from 0, got ${longest}`);
  }
  if (series.length < 3) return { from: 0, steady: true };
  const smooth = runningMedian(series);
  // Fewer than five remaining blocks can lie close together by chance.
  const latest = Math.min(longest, series.length - Math.min(5, series.length));
  const errors = Array.from({ length: latest + 1 }, (_, cut) => marginalError(smooth, cut));
  // The variance of n values is known to √(2 ÷ n) of itself: the first cut within twice that of the best is as good.
  const good = Math.min(...errors) * (1 + 2 * Math.sqrt(2 / series.length));
  let from = errors.findIndex((error) => error <= good);
  if (!separates(smooth, from)) from = 0;
  return { from, steady: !stillTrends(series.slice(from)) };
}

/** Medians of three neighbours. The first block stays: slow first blocks are what is looked for. */
function runningMedian(series: readonly number[]): number[] {
  return series.map((value, i) =>
    i === 0 || i === series.length - 1
      ? value
      : median([series[i - 1] as number, value, series[i + 1] as number]),
  );
}

function moments(values: readonly number[]): { mean: number; squares: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, squares: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) };
}

/** Squared standard error of the mean of what remains after a cut. */
function marginalError(series: readonly number[], cut: number): number {
  const rest = series.slice(cut);
  return moments(rest).squares / rest.length ** 2;
}

function separates(series: readonly number[], cut: number): boolean {
  if (cut === 0) return true;
  const before = moments(series.slice(0, cut));
  const after = moments(series.slice(cut));
  const count = series.length - cut;
  const variance = after.squares / Math.max(1, count - 1);
  return Math.abs(before.mean - after.mean) > 3 * Math.sqrt(variance * (1 / cut + 1 / count));
}

function stillTrends(rest: readonly number[]): boolean {
  const n = rest.length;
  let score = 0;
  const slopes: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const rise = (rest[j] as number) - (rest[i] as number);
      score += Math.sign(rise);
      slopes.push(rise / (j - i));
    }
  }
  const deviation = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  if (Math.abs(score) - 1 < 2.576 * deviation) return false;
  const slope = median(slopes);
  const residuals = rest.map((value, i) => value - slope * i);
  const middle = median(residuals);
  const noise = 1.4826 * median(residuals.map((value) => Math.abs(value - middle)));
  return Math.abs(slope) * (n - 1) > noise;
}
