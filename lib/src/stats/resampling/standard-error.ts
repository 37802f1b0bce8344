import { type Layout, pairMeans } from "./layout.js";
import { BATCHES, type PairsAre } from "./resample.js";

/** How far a mean may be off (one standard deviation), and how well that is known (degrees of freedom of Student's t). */
export interface StandardError {
  readonly error: number;
  readonly freedom: number;
}

/**
 * The standard error of a mean over pairs of means over blocks. O(blocks).
 *
 * Several random pairs: from the spread of their means alone, which holds everything below it, correlation between blocks
 * included (Kalibera & Jones 2013: replicate at the noisiest level). Fixed pairs, and one pair: from the spread of
 * blocks within each, see `correlatedError`, put together by Welch–Satterthwaite.
 *
 * @param values one value per block, pair after pair
 * @throws RangeError for fewer than two blocks
 * @example
 * standardError([1, 2, 3, 4], [2, 2]); // { error: 1, freedom: 1 }
 */
export function standardError(
  values: ArrayLike<number>,
  layout: Layout,
  pairs: PairsAre = "random",
): StandardError {
  if (values.length < 2) throw new RangeError("a standard error needs two blocks");
  if (pairs === "fixed" || layout.length === 1) return withinPairs(values, layout);
  const means = pairMeans(values, layout);
  return {
    error: Math.sqrt(squaredSpread(means) / (means.length - 1) / means.length),
    freedom: means.length - 1,
  };
}

/** Errors of independent pairs, none of which is exchangeable with another. */
function withinPairs(values: ArrayLike<number>, layout: Layout): StandardError {
  let from = 0;
  const errors = layout.map((blocks) => {
    const own = Array.from({ length: blocks }, (_, i) => values[from + i] as number);
    from += blocks;
    return correlatedError(own);
  });
  const { error, freedom } = errorOfSum(errors);
  return { error: error / layout.length, freedom };
}

/** The standard error of a sum of independent numbers from theirs (Satterthwaite 1946). O(numbers). */
export function errorOfSum(errors: readonly StandardError[]): StandardError {
  const sum = (power: (one: StandardError) => number) => errors.reduce((total, one) => total + power(one), 0);
  const variance = sum(({ error }) => error ** 2);
  const spread = sum(({ error, freedom }) => error ** 4 / freedom);
  return {
    error: Math.sqrt(variance),
    freedom: spread > 0 ? variance ** 2 / spread : Number.POSITIVE_INFINITY,
  };
}

const mostCorrelated = 0.9;

/**
 * The standard error of the mean of a correlated series. O(n).
 *
 * Means of twenty batches (Schmeiser 1982 finds 10 to 30 enough), because correlation between single blocks fades
 * within a batch; what is left of it between neighbouring batches is modelled as AR(1), its coefficient corrected
 * for the bias of short series (Kendall 1954) and never taken as negative. Correlation costs degrees of freedom too.
 *
 * Fewer values than batches can hardly tell how correlated they are: four that ascend evenly would be taken for a coefficient of 0.7, and
 * the interval be a dozen times as wide. So no more is believed of n values than n in twenty. In simulations of 4 to 14 values the 99 %
 * interval covers as often as without that bound, to half a percent: 99.3 % where there is no correlation, 98 % at 0.3, 93 to 95 % at 0.6.
 */
function correlatedError(values: ArrayLike<number>): StandardError {
  const means = batchMeans(values, Math.min(BATCHES, values.length));
  const n = means.length;
  const spread = squaredSpread(means);
  const raw = spread > 0 ? neighbourProducts(means) / spread : 0;
  const coefficient = Math.min(mostCorrelated, n / BATCHES, Math.max(0, raw + (1 + 3 * raw) / n));
  const inflation = (1 + coefficient) / (1 - coefficient);
  // The sample variance of n values that count as n / inflation is too small by about inflation / n.
  const variance = (spread / n / Math.max(1, n - inflation)) * inflation;
  return { error: Math.sqrt(variance), freedom: Math.max(1, (n - 1) / Math.sqrt(inflation)) };
}

function batchMeans(values: ArrayLike<number>, batches: number): Float64Array {
  return Float64Array.from({ length: batches }, (_, batch) => {
    const from = Math.floor((batch * values.length) / batches);
    const to = Math.floor(((batch + 1) * values.length) / batches);
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i] as number;
    return sum / (to - from);
  });
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squaredSpread(values: Float64Array): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}

function neighbourProducts(values: Float64Array): number {
  const middle = mean(values);
  return values.reduce(
    (sum, value, i) => (i === 0 ? 0 : sum + (value - middle) * ((values[i - 1] as number) - middle)),
    0,
  );
}
