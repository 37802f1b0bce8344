import type { Estimate } from "../interval.js";
import { type BootstrapOptions, bootstrapInterval } from "../resampling/bootstrap.js";
import { scaleAround, unscale } from "../scale.js";

/** What one round adds to the sum above and to the sum below the line. */
export interface RoundSums {
  readonly above: number;
  readonly below: number;
}

/**
 * A ratio of two sums over rounds with its interval, such as calls ÷ seconds: rounds may differ in length.
 * O(resamples × rounds); see `bootstrapInterval`.
 *
 * @param pairs pairs → rounds in the order they ran
 * @throws RangeError when there are not two rounds, or a pair has none
 * @example
 * ratioOfSums([[{ above: 10, below: 2 }, { above: 20, below: 2 }]], { seed: 1 }).value; // 7.5
 */
export function ratioOfSums(pairs: readonly (readonly RoundSums[])[], options: BootstrapOptions): Estimate {
  const layout = pairs.map((rounds) => rounds.length);
  const rounds = pairs.flat();
  const above = Float64Array.from(rounds, (round) => round.above);
  const below = Float64Array.from(rounds, (round) => round.below);
  const allBelow = total(below);
  const value = total(above) / allBelow;
  const perRound = layout.flatMap((size) => Array<number>(size).fill(size * layout.length));
  const influence = above.map(
    (sum, i) => ((sum - value * (below[i] as number)) * (perRound[i] as number)) / allBelow,
  );
  const scale = scaleAround(value, Math.min(...above));
  const statistic = {
    layout,
    value: scale.to(value),
    compute: (weights: Float64Array) => scale.to(dot(weights, above) / dot(weights, below)),
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
