import { type BlockValues, ratioEstimate } from "wirelab/dist/stats/ratios/ratio.js";
import { chooseProcessors, pinningText } from "./processors.js";
import { ratioText } from "./ratio-text.js";
import type { Bench, BenchRow } from "./row.js";

/** A ratio that is bounded, and how one pair of fresh processes is measured for it. */
interface FreshPairs {
  readonly what: string;
  readonly most: number;
  measurePair(pair: number): Promise<BlockValues[]>;
}

/** The row of a ratio over pairs of fresh processes, so that its interval speaks for others. */
export async function freshPairsRow(
  bench: Bench,
  { what, most, measurePair }: FreshPairs,
): Promise<BenchRow> {
  const pairs = bench.smoke ? 2 : 10;
  const measured: BlockValues[][] = [];
  for (let pair = 0; pair < pairs; pair++) {
    bench.onStep(pair, pairs, `pair ${pair + 1} of ${pairs}`);
    measured.push(await measurePair(pair));
  }
  const ratio = ratioEstimate(measured, { seed: 1 });
  return {
    what,
    bound: `≤ ${most}`,
    said: `${ratioText(ratio)}; ${pairs} fresh pairs${pinningText(chooseProcessors())}`,
    holds: ratio.value <= most,
  };
}
