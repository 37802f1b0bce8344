import { WirelabError } from "../errors.js";
import type { Run } from "../record/run.js";
import { runPath } from "../record/run-path.js";
import type { Estimate } from "../stats/interval.js";
import { percentileOfUnsorted } from "../stats/percentiles/percentile.js";
import { type BlockTerm, type RunTerms, sumInBlocks } from "../stats/ratios/block-mean.js";
import { contrastEstimate, overBlocksOf } from "../stats/ratios/contrast.js";
import { logRatio } from "../stats/ratios/ratio.js";
import { narrowest, pairsAre, type Scope } from "../stats/scope.js";
import { matchedBlocks, scopeOf } from "./compare.js";
import type { MeasuredRound } from "./rounds/rounds.js";

/** Two arms of a run, and how the logarithm of first ÷ second counts in a contrast. */
export interface ContrastTerm {
  readonly run: Run;
  readonly first: string;
  readonly second: string;
  readonly sign: 1 | -1;
}

/** A ratio of ratios, by medians, and whom it speaks of. */
export interface Contrast {
  readonly ratio: Estimate;
  readonly scope: Scope;
}

/**
 * How many times a ratio of medians becomes another: the product of first ÷ second over the terms with a plus, divided by
 * that over those with a minus, with a 99 % interval. Terms of the same run are put together inside each block, so that
 * a busy machine moves them alike; different runs are resampled apart. Throws `not-enough-data` where a run has not two blocks
 * in which all of its terms are measured, and `usage` for an arm that it has not.
 *
 * @example
 * const { ratio } = await contrast([
 *   { run: far, first: "rest", second: "grpc", sign: 1 },
 *   { run: near, first: "rest", second: "grpc", sign: -1 },
 * ]);
 */
export async function contrast(terms: readonly ContrastTerm[]): Promise<Contrast> {
  const runs = [...new Set(terms.map(({ run }) => run))];
  const [first] = runs;
  if (first === undefined) throw new WirelabError("usage", "A contrast needs at least one ratio.");
  const blocks = await Promise.all(runs.map((run) => termsOf(run, terms)));
  const scope = narrowest(runs.map(({ info }, i) => scopeOf(info, (blocks[i] as RunTerms).length)));
  const options = { seed: first.info.seed, pairs: pairsAre(scope), overBlocks: overBlocksOf("median") };
  return { ratio: contrastEstimate(blocks, options), scope };
}

async function termsOf(run: Run, terms: readonly ContrastTerm[]): Promise<RunTerms> {
  const calls = await run.calls();
  const perTerm = terms
    .filter((term) => term.run === run)
    .map(({ sign, ...arms }) => matchedBlocks(calls, run.info, runPath(run), arms).map(signed(sign)));
  const pairs = sumInBlocks(perTerm);
  if (pairs.flat().length >= 2) return pairs;
  throw new WirelabError(
    "not-enough-data",
    `The run in ${runPath(run) ?? "memory"} has fewer than two blocks in which all of ${armsOf(terms, run)} succeeded, and an interval takes two.`,
  );
}

function signed(sign: 1 | -1) {
  return ([first, second]: readonly [MeasuredRound, MeasuredRound]): BlockTerm => ({
    pair: first.pair,
    block: first.block,
    value: sign * logRatio({ first: median(first), second: median(second) }),
  });
}

function median({ durationsMs }: MeasuredRound): number {
  return percentileOfUnsorted(durationsMs, 0.5);
}

function armsOf(terms: readonly ContrastTerm[], run: Run): string {
  const own = terms.filter((term) => term.run === run);
  return [...new Set(own.flatMap(({ first, second }) => [first, second]))].join(", ");
}
