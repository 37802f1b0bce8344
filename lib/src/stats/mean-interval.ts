import { type BootstrapOptions, bootstrapInterval } from "./bootstrap.js";
import type { Estimate } from "./interval.js";
import { atLeastBatches } from "./rounds.js";
import { scaleAround, unscale } from "./scale.js";

/**
 * The mean of all calls with its interval. O(n + resamples × rounds).
 *
 * A ratio of sums over resampled rounds (`bootstrapInterval`), so rounds may differ in length.
 *
 * @param pairs pairs → rounds → durations of single calls, in the order they ran, in any one unit
 * @throws RangeError when there are not two calls, or a round has none
 * @example
 * meanEstimate([[Float64Array.of(1, 2, 3)], [Float64Array.of(2, 3, 4)]], { seed: 1 }).value; // 2.5
 */
export function meanEstimate(
  pairs: readonly (readonly Float64Array[])[],
  options: BootstrapOptions,
): Estimate {
  const cut = atLeastBatches(pairs);
  const rounds = cut.flat();
  if (rounds.some((round) => round.length === 0)) throw new RangeError("a round without calls");
  const layout = cut.map((pair) => pair.length);
  const counts = Float64Array.from(rounds, (round) => round.length);
  const sums = Float64Array.from(rounds, total);
  const calls = total(counts);
  const value = total(sums) / calls;
  const perBlock = layout.flatMap((size) => Array<number>(size).fill(size * layout.length));
  const influence = sums.map(
    (sum, i) => ((sum - value * (counts[i] as number)) * (perBlock[i] as number)) / calls,
  );
  const scale = scaleAround(value, Math.min(...sums));
  const statistic = {
    layout,
    value: scale.to(value),
    compute: (weights: Float64Array) => scale.to(dot(weights, sums) / dot(weights, counts)),
    influence,
  };
  return unscale(bootstrapInterval(statistic, options), scale);
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
