import type { Estimate } from "../interval.js";
import { ratioOfSums } from "../ratios/ratio-of-sums.js";
import { atLeastBatches } from "./batches.js";
import type { BootstrapOptions } from "./bootstrap.js";

/**
 * The mean of all calls with its interval. O(n + resamples × rounds).
 *
 * A ratio of sums over resampled rounds (`ratioOfSums`), so rounds may differ in length.
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
  if (cut.flat().some((round) => round.length === 0)) throw new RangeError("a round without calls");
  const sums = cut.map((rounds) => rounds.map((round) => ({ above: total(round), below: round.length })));
  return ratioOfSums(sums, options);
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
