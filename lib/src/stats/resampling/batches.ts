import { BATCHES } from "./resample.js";

/**
 * The same calls in at least twenty rounds: a single pair of fewer rounds has them cut into consecutive pieces, so
 * that a long series without rounds (another tool's file) has blocks to resample. O(rounds).
 *
 * Several pairs, and pairs with rounds enough, are returned as they are.
 *
 * @example
 * atLeastBatches([[new Float64Array(1000)]])[0].length; // 20
 */
export function atLeastBatches<Values extends Float64Array | Uint32Array>(
  pairs: readonly (readonly Values[])[],
): readonly (readonly Values[])[] {
  const [only] = pairs;
  if (pairs.length !== 1 || only === undefined || only.length >= BATCHES) return pairs;
  const pieces = Math.ceil(BATCHES / only.length);
  return [only.flatMap((round) => cut(round, Math.min(pieces, round.length)))];
}

function cut<Values extends Float64Array | Uint32Array>(round: Values, pieces: number): Values[] {
  return Array.from(
    { length: pieces },
    (_, piece) =>
      round.subarray(
        Math.floor((piece * round.length) / pieces),
        Math.floor(((piece + 1) * round.length) / pieces),
      ) as Values,
  );
}
