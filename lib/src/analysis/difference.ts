import { WirelabError } from "../errors.js";
import type { Calls } from "../record/calls.js";
import { blockMean } from "../stats/block-mean.js";
import type { Estimate } from "../stats/interval.js";
import { byPair } from "../stats/matched-rounds.js";
import { percentile } from "../stats/percentile.js";
import { pairsAre } from "../stats/scope.js";
import { knownRounds, type RunFacts, scopeOf, where } from "./compare.js";
import { roundsOf } from "./rounds.js";

/** Calls in memory, and what of their run an estimate rests on. */
export interface MeasuredCalls {
  readonly calls: Calls;
  readonly info: RunFacts;
  /** Folder of the run, for errors; null for calls that were never saved. */
  readonly folder: string | null;
}

/**
 * A difference of arms, such as one less another, in ms: in every block the sum of each arm's median times its weight, so that a
 * busy machine moves all of them, averaged over blocks, then pairs, with a 99 % interval by hierarchical bootstrap. Throws
 * `usage` for an arm that the run has not, `not-enough-data` where fewer than two blocks hold all of them.
 *
 * @example
 * differenceOf({ calls: await run.calls(), info: run.info, folder: null }, { grpc: 1, rest: -1 });
 */
export function differenceOf(measured: MeasuredCalls, weights: Readonly<Record<string, number>>): Estimate {
  const { calls, info, folder } = measured;
  const arms = Object.entries(weights).map(([arm, weight]) => {
    const rounds = knownRounds(calls, arm, { info, folder, rounds: roundsOf });
    const ofBlocks = rounds.map(
      ({ pair, block, durationsMs }) =>
        [`${pair}/${block}`, percentile(durationsMs.toSorted(), 0.5)] as const,
    );
    return { weight, rounds, medians: new Map(ofBlocks) };
  });
  const blocks = (arms[0]?.rounds ?? []).flatMap(({ pair, block }) => {
    const terms = arms.flatMap(({ weight, medians }) => {
      const median = medians.get(`${pair}/${block}`);
      return median === undefined ? [] : [weight * median];
    });
    return terms.length < arms.length ? [] : [{ pair, value: terms.reduce((sum, term) => sum + term, 0) }];
  });
  if (blocks.length < 2) {
    throw new WirelabError(
      "not-enough-data",
      `${where(folder)} has ${blocks.length} blocks with warm, successful calls of all of ${Object.keys(weights).join(", ")}, and an interval takes two.`,
    );
  }
  const pairs = byPair(blocks);
  return blockMean(
    pairs.map((pair) => pair.map(({ value }) => value)),
    { seed: info.seed, pairs: pairsAre(scopeOf(info, pairs.length)) },
  );
}
