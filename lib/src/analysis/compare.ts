import { WirelabError } from "../errors.js";
import type { Calls } from "../record/calls.js";
import type { Run } from "../record/run.js";
import type { RunInfo } from "../record/run-info.js";
import { runPath } from "../record/run-path.js";
import { matchBlocks } from "../stats/ratios/matched-rounds.js";
import { pairedRatio } from "../stats/ratios/paired-ratio.js";
import type { BootstrapOptions } from "../stats/resampling/bootstrap.js";
import { narrowest, pairsAre, type Scope, scopeOfPairs } from "../stats/scope.js";
import { requireTurns, roundedRatio } from "./imported-ratio.js";
import type { CostFacts } from "./layers/server-cost.js";
import { countedRoundsOf, type LoadFacts, type MeasuredRound, roundsOf } from "./rounds/rounds.js";
import { type Lacking, valuesOf } from "./rounds/values.js";
import type { Comparison, Metric } from "./types.js";

/** What of a run its analysis rests on besides its calls. */
export type RunFacts = Pick<RunInfo, "host" | "seed"> & LoadFacts & CostFacts;

/**
 * Which two arms are compared, and by what.
 *
 * @example
 * const options: lab.CompareOptions = { first: "rest", second: "grpc", metric: "p90" };
 */
export interface CompareOptions {
  readonly first: string;
  readonly second: string;
  readonly metric?: Metric;
}

/**
 * First arm ÷ second arm of a run: the metric's ratio in every block, their geometric mean (of medians without the furthest
 * tenths), and a 99 % interval by hierarchical bootstrap over pairs, then blocks. Throws `usage` for an arm that the run has not, `not-enough-data`
 * when no block holds both arms, or an arm lacks the metric: its servers' `cpu` or `memory` is not known, or a `count` is
 * asked of what is no load. `memory` has one ratio a pair, so it takes
 * two pairs, and a server for each arm. Of calls that another tool made there is a ratio only where both arms were called in the
 * same stretches of time and differ by more than its rounding, which widens the interval.
 *
 * @example
 * const { ratio } = await compare(run, { first: "rest", second: "grpc" });
 */
export async function compare(run: Run, options: CompareOptions): Promise<Comparison> {
  return compareCalls(await run.calls(), run.info, runPath(run), options);
}

/** As `compare`, of calls that are in memory. */
export function compareCalls(
  calls: Calls,
  info: RunFacts,
  folder: string | null,
  options: CompareOptions,
): Comparison {
  const compared = comparisonOrLacking(calls, info, folder, options);
  if (!("missing" in compared)) return compared;
  throw new WirelabError(
    "not-enough-data",
    `${where(folder)} has no ${options.metric ?? "median"} of ${compared.arm} to compare: ${compared.missing}.`,
  );
}

/** The same, but where an arm that the run has lacks the metric, that arm and why. */
export function comparisonOrLacking(
  calls: Calls,
  info: RunFacts,
  folder: string | null,
  { first, second, metric = "median" }: CompareOptions,
): Comparison | Lacking {
  const { imported = null } = info;
  const blocks = matchedBlocks(calls, info, folder, { first, second, metric });
  const values = valuesOf(blocks, info, { first, second, metric });
  if ("missing" in values) return values;
  const { ratio, pairs, scope } = pairedRatio(values, { seed: info.seed, fresh: startsFresh(info), metric });
  return {
    first,
    second,
    metric,
    ratio: imported === null ? ratio : roundedRatio(ratio, values, imported, { first, second, metric }),
    pairs,
    blocks: values.length,
    calls: blocks.reduce((sum, [a, b]) => sum + a.calls + b.calls, 0),
    scope,
    run: folder,
  };
}

/** Whom a run can speak of: other processes only if there were enough fresh ones. */
export function scopeOf(info: Pick<RunInfo, "host">, pairs: number): Scope {
  return scopeOfPairs({ pairs, fresh: startsFresh(info) });
}

/** Whom several runs together speak of. */
export function scopeOfRuns(runs: readonly { readonly info: Pick<RunInfo, "host" | "pairs"> }[]): Scope {
  return narrowest(runs.map(({ info }) => scopeOf(info, info.pairs)));
}

/** How an interval over so many pairs of a run is resampled. */
export function resamplingOf(
  info: Pick<RunInfo, "host" | "seed">,
  pairs: number,
): Pick<BootstrapOptions, "seed" | "pairs"> {
  return { seed: info.seed, pairs: pairsAre(scopeOf(info, pairs)) };
}

/** Whether every pair of a run had processes of its own. */
export function startsFresh({ host }: Pick<RunInfo, "host">): boolean {
  return host === "child";
}

/** The rounds of two arms block by block, for a metric that has them those without a call that succeeded too; throws as `compare` does where the run has not both. */
export function matchedBlocks(
  calls: Calls,
  info: LoadFacts,
  folder: string | null,
  { first, second, metric = "median" }: CompareOptions,
): [MeasuredRound, MeasuredRound][] {
  if (info.imported != null) requireTurns(calls, info.imported, { first, second });
  const rounds = metric === "rate" || metric === "count" ? countedRoundsOf : roundsOf;
  const [firstRounds, secondRounds] = [first, second].map((arm) =>
    knownRounds(calls, arm, { info, folder, rounds }),
  ) as [MeasuredRound[], MeasuredRound[]];
  const blocks = matchBlocks(firstRounds, secondRounds);
  if (blocks.length > 0) return blocks;
  throw new WirelabError(
    "not-enough-data",
    `${where(folder)} has no block with warm, successful calls of both ${first} and ${second}.`,
  );
}

/** The rounds of an arm; one that the run has not is a `usage` error that lists those that it has. */
export function knownRounds(
  calls: Calls,
  arm: string,
  {
    info,
    folder,
    rounds,
  }: { readonly info: LoadFacts; readonly folder: string | null; readonly rounds: typeof roundsOf },
): MeasuredRound[] {
  if (calls.armNames.includes(arm)) return rounds(calls, arm, info);
  throw new WirelabError(
    "usage",
    `${where(folder)} has no arm "${arm}"; it has ${calls.armNames.join(", ")}.`,
  );
}

/** A run as a sentence begins with it. */
export function where(folder: string | null): string {
  return folder === null ? "The run" : `The run in ${folder}`;
}
