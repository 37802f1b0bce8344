import { WirelabError } from "../errors.js";
import type { Calls } from "../record/calls.js";
import type { Run } from "../record/run.js";
import type { RunInfo } from "../record/run-info.js";
import { runPath } from "../record/run-path.js";
import { ratioEstimate } from "../stats/ratio.js";
import type { PairsAre } from "../stats/resample.js";
import { metricOf } from "./metric.js";
import { byPair, type MeasuredRound, roundsOf } from "./rounds.js";
import type { Comparison, Metric, Scope } from "./types.js";

/** Fewer fresh pairs than this cannot speak for processes that did not run. */
export const pairsForScope = 10;

/** Which two arms are compared, and by what. */
export interface CompareOptions {
  readonly first: string;
  readonly second: string;
  readonly metric?: Metric;
}

/**
 * First arm ÷ second arm of a run: the metric's ratio in every block, their geometric mean, and a 99 % interval by
 * hierarchical bootstrap over pairs, then blocks. Throws `usage` for an arm that the run has not, `not-enough-data`
 * when no block holds both arms.
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
  info: Pick<RunInfo, "host" | "seed">,
  folder: string | null,
  { first, second, metric = "median" }: CompareOptions,
): Comparison {
  const blocks = matchedBlocks(calls, folder, { first, second });
  const pairs = byPair(
    blocks.map(([a, b]) => ({ pair: a.pair, first: metricOf(a, metric), second: metricOf(b, metric) })),
  );
  const scope = scopeOf(info, pairs.length);
  return {
    first,
    second,
    metric,
    ratio: ratioEstimate(pairs, { seed: info.seed, pairs: pairsAre(scope) }),
    pairs: pairs.length,
    blocks: blocks.length,
    calls: blocks.reduce((sum, [a, b]) => sum + a.calls + b.calls, 0),
    scope,
    run: folder,
  };
}

/** Whom a run can speak of: other processes only if there were enough fresh ones. */
export function scopeOf(info: Pick<RunInfo, "host">, pairs: number): Scope {
  const fresh = info.host === "child" && pairs >= pairsForScope;
  return fresh ? "fresh processes on this machine" : "these processes only";
}

/** How the statistics are told of a scope. */
export function pairsAre(scope: Scope): PairsAre {
  return scope === "these processes only" ? "fixed" : "random";
}

/** The rounds of two arms block by block; throws as `compare` does where the run has not both. */
export function matchedBlocks(
  calls: Calls,
  folder: string | null,
  { first, second }: Pick<CompareOptions, "first" | "second">,
): [MeasuredRound, MeasuredRound][] {
  const [firstRounds, secondRounds] = [first, second].map((arm) => knownRounds(calls, arm, folder)) as [
    MeasuredRound[],
    MeasuredRound[],
  ];
  const blocks = matchBlocks(firstRounds, secondRounds);
  if (blocks.length > 0) return blocks;
  throw new WirelabError(
    "not-enough-data",
    `${where(folder)} has no block with warm, successful calls of both ${first} and ${second}.`,
  );
}

function knownRounds(calls: Calls, arm: string, folder: string | null): MeasuredRound[] {
  if (calls.armNames.includes(arm)) return roundsOf(calls, arm);
  throw new WirelabError(
    "usage",
    `${where(folder)} has no arm "${arm}"; it has ${calls.armNames.join(", ")}.`,
  );
}

function matchBlocks(
  first: readonly MeasuredRound[],
  second: readonly MeasuredRound[],
): [MeasuredRound, MeasuredRound][] {
  const place = ({ pair, block }: MeasuredRound) => `${pair}/${block}`;
  const seconds = new Map(second.map((round) => [place(round), round]));
  return first.flatMap((round) => {
    const match = seconds.get(place(round));
    return match === undefined ? [] : [[round, match] as [MeasuredRound, MeasuredRound]];
  });
}

function where(folder: string | null): string {
  return folder === null ? "The run" : `The run in ${folder}`;
}
