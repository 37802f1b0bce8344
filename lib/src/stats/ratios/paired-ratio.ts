import type { Estimate } from "../interval.js";
import type { Missing } from "../missing.js";
import { pairsAre, type Scope, scopeOfPairs } from "../scope.js";
import { overBlocksOf } from "./contrast.js";
import { byPair } from "./matched-rounds.js";
import { ratioEstimate } from "./ratio.js";
import type { PairValue } from "./round-metric.js";

/** One metric of two arms in a block, or in a whole pair where it has one number a pair. */
export interface Values {
  readonly pair: number;
  readonly first: number;
  readonly second: number;
}

/** Why there is no ratio of one block. */
export const oneBlock = "an interval takes two blocks, and there is one";

/** The metric of two arms side by side, from values of the same blocks in the same order; why not, where there are too few. */
export function sideBySide(
  first: readonly PairValue[],
  second: readonly PairValue[],
): readonly Values[] | Missing {
  if (first.length < 2) return { missing: oneBlock };
  return first.map(({ pair, value }, i) => ({
    pair,
    first: value,
    second: (second[i] as PairValue).value,
  }));
}

/** First arm ÷ second arm, from how many pairs, and whom it speaks of. */
export interface PairedRatio {
  readonly ratio: Estimate;
  readonly pairs: number;
  readonly scope: Scope;
}

/** The ratio of two arms' values with its 99 % interval (`ratioEstimate`); of whom it speaks decides how pairs are resampled. */
export function pairedRatio(
  values: readonly Values[],
  { seed, fresh, metric }: { readonly seed: number; readonly fresh: boolean; readonly metric: string },
): PairedRatio {
  const pairs = byPair(values);
  const scope = scopeOfPairs({ pairs: pairs.length, fresh });
  const ratio = ratioEstimate(pairs, { seed, pairs: pairsAre(scope), overBlocks: overBlocksOf(metric) });
  return { ratio, pairs: pairs.length, scope };
}
