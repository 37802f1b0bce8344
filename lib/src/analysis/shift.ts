import { WirelabError } from "../errors.js";
import type { Calls } from "../record/calls.js";
import type { RunInfo } from "../record/run-info.js";
import { cliffsDelta, type Effect } from "../stats/percentiles/effect.js";
import { type DecileShift, shiftFunction } from "../stats/percentiles/shift.js";
import { byPair } from "../stats/ratios/matched-rounds.js";
import type { Scope } from "../stats/scope.js";
import { pairsAre } from "../stats/scope.js";
import { matchedBlocks, scopeOf } from "./compare.js";
import type { LoadFacts, MeasuredRound } from "./rounds/rounds.js";

/** How two arms differ from their fastest calls to their slowest. */
export interface Shift {
  readonly first: string;
  readonly second: string;
  /** At the 10th to the 90th percentile; differences in ms. */
  readonly deciles: readonly DecileShift[];
  /** How often a call of the first arm takes longer than one of the second, less how often it is the other way. */
  readonly effect: Effect;
  readonly scope: Scope;
}

/**
 * First arm against second at every decile of their warm calls, and Cliff's δ. Throws `usage` for an arm that the run
 * has not or that is timed in batches, `not-enough-data` for fewer than two blocks.
 */
export function shiftOfCalls(
  calls: Calls,
  info: Pick<RunInfo, "host" | "seed"> & LoadFacts,
  folder: string | null,
  { first, second }: { readonly first: string; readonly second: string },
): Shift {
  const blocks = matchedBlocks(calls, info, folder, { first, second });
  if (blocks.length < 2) {
    throw new WirelabError(
      "not-enough-data",
      "Deciles need two blocks with both arms: measure with blocks 2 or more.",
    );
  }
  const batched = [first, second].find((_, side) =>
    blocks.some((block) => isBatch(block[side] as MeasuredRound)),
  );
  if (batched !== undefined) {
    throw new WirelabError(
      "usage",
      `${batched} is timed in batches, so the spread of its calls is not known.`,
    );
  }
  const pairs = byPair(
    blocks.map(([a, b]) => ({ pair: a.pair, first: a.durationsMs, second: b.durationsMs })),
  );
  const scope = scopeOf(info, pairs.length);
  const all = (side: "first" | "second") => pairs.flat().flatMap((block) => [...block[side]]);
  return {
    first,
    second,
    deciles: shiftFunction(pairs, { seed: info.seed, pairs: pairsAre(scope) }),
    effect: cliffsDelta(all("first"), all("second")),
    scope,
  };
}

function isBatch({ calls, durationsMs }: MeasuredRound): boolean {
  return calls > durationsMs.length;
}
