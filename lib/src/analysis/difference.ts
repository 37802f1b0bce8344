import { WirelabError } from "../errors.js";
import type { Calls } from "../record/calls.js";
import type { Estimate } from "../stats/interval.js";
import { percentileOfUnsorted } from "../stats/percentiles/percentile.js";
import { blockMean, sumInBlocks } from "../stats/ratios/block-mean.js";
import { knownRounds, type RunFacts, resamplingOf, where } from "./compare.js";
import { roundsOf } from "./rounds/rounds.js";

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
  const terms = Object.entries(weights).map(([arm, weight]) =>
    knownRounds(calls, arm, { info, folder, rounds: roundsOf }).map(({ pair, block, durationsMs }) => ({
      pair,
      block,
      value: weight * percentileOfUnsorted(durationsMs, 0.5),
    })),
  );
  const pairs = sumInBlocks(terms);
  const blocks = pairs.flat().length;
  if (blocks < 2) {
    throw new WirelabError(
      "not-enough-data",
      `${where(folder)} has ${blocks} blocks with warm, successful calls of all of ${Object.keys(weights).join(", ")}, and an interval takes two.`,
    );
  }
  return blockMean(pairs, resamplingOf(info, pairs.length));
}
