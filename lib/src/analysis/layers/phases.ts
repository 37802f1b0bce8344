import { WirelabError, whyTooLittle } from "../../errors.js";
import type { Calls } from "../../record/calls.js";
import type { RunInfo } from "../../record/run-info.js";
import { warmFromBlocks } from "../../record/warm.js";
import { type Estimate, fromZero } from "../../stats/interval.js";
import { blockMean } from "../../stats/ratios/block-mean.js";
import { byPair, matchBlocks } from "../../stats/ratios/matched-rounds.js";
import type { Scope } from "../../stats/scope.js";
import { type RunFacts, resamplingOf, scopeOf, where } from "../compare.js";
import { differenceOf } from "../difference.js";
import { rowsOfArm } from "../rounds/rows.js";
import { cutCall, type Phase, phasesWhere, type Told, toldBy, type WatchedCall } from "./call-phases.js";

/** An arm that is watched from inside, and the same one that is not. */
export interface WatchedPair {
  readonly watched: string;
  readonly plain: string;
}

/** A phase, and what it takes on average, in ms. */
export interface PhaseCost {
  readonly phase: Phase;
  readonly cost: Estimate;
}

/** The phases of the calls of one watched arm, in ms. */
export interface ArmPhases extends WatchedPair {
  /** They add up to the whole. */
  readonly phases: readonly PhaseCost[];
  readonly whole: Estimate;
  /** The same of the first call of each pair, which opens the connection, as means over pairs; null where none was seen. */
  readonly firstCall: ReadonlyMap<Phase, number> | null;
  /** Warm calls that were seen whole; their middle half is what the means are of. */
  readonly seen: number;
  /** Warm calls that failed, or of which something was not seen. */
  readonly unseen: number;
  /** How much longer a call takes when it is watched; null where that could not be had. */
  readonly watching: Estimate | null;
  /** Median of the calls that nobody watched; null where that could not be had. */
  readonly unwatched: Estimate | null;
}

/** The phases of calls on both sides, and what differs between the two. */
export interface CallPhases {
  readonly arms: readonly ArmPhases[];
  /** The second arm of the question less the first, phase by phase. */
  readonly differences: readonly PhaseCost[];
  readonly difference: Estimate;
  readonly told: Told;
  /** Whether a link, which takes connections itself, stood between client and servers. */
  readonly overLink: boolean;
  readonly scope: Scope;
}

/** What phases are computed from. */
export interface PhaseSource {
  readonly calls: Calls;
  readonly info: RunFacts & Pick<RunInfo, "instants" | "link" | "pairs" | "warmupBlocks" | "warmFromBlock">;
  /** Folder of the run, for errors; null for calls that were never saved. */
  readonly folder: string | null;
}

/** Which watched arms are cut into phases, and which two of them are held against each other. */
export interface PhaseQuestion {
  readonly arms: readonly WatchedPair[];
  readonly first: string;
  readonly second: string;
}

/** Mean phases of a block: of the middle half of its calls by their duration, so that they add up and stragglers are out. */
interface Block {
  readonly pair: number;
  readonly block: number;
  readonly means: ReadonlyMap<Phase, number>;
}

/**
 * Where the time of a call goes on each watched arm, with 99 % intervals by hierarchical bootstrap over pairs, then blocks. Throws
 * `not-enough-data` where fewer than two blocks hold calls of an arm that were seen whole.
 *
 * @example
 * phasesOf(source, { arms: [{ watched: "grpc-watched", plain: "grpc" }], first: "grpc-watched", second: "grpc-watched" });
 */
export function phasesOf(source: PhaseSource, { arms, first, second }: PhaseQuestion): CallPhases {
  const { info, folder } = source;
  const rounds = new Map(arms.map(({ watched }) => [watched, watchedRounds(source, watched)]));
  const told = toldBy([...rounds.values()].flat().flatMap(({ calls }) => calls));
  const blocks = new Map([...rounds].map(([arm, own]) => [arm, blocksOf(own, told)]));
  const estimate = (own: readonly Block[], phases: readonly Phase[]) => meanOf(own, phases, info);
  const blocksOfArm = (arm: string): readonly Block[] => {
    const own = blocks.get(arm) ?? [];
    if (own.length >= 2) return own;
    throw new WirelabError(
      "not-enough-data",
      `${where(folder)} has ${own.length} blocks with warm calls of ${arm} that were seen whole, and an interval takes two.`,
    );
  };
  const phases = phasesWhere(told);
  const between = differencesOf(blocksOfArm(first), blocksOfArm(second));
  return {
    arms: arms.map((arm) => ({
      ...arm,
      phases: phases.map((phase) => ({
        phase,
        cost: fromZero(estimate(blocksOfArm(arm.watched), [phase])),
      })),
      whole: fromZero(estimate(blocksOfArm(arm.watched), phases)),
      firstCall: firstCallOf(rounds.get(arm.watched) ?? [], told),
      ...countsOf(rounds.get(arm.watched) ?? []),
      watching: differenceOrNull(source, { [arm.watched]: 1, [arm.plain]: -1 }),
      unwatched: differenceOrNull(source, { [arm.plain]: 1 }),
    })),
    differences: phases.map((phase) => ({ phase, cost: estimate(between, [phase]) })),
    difference: estimate(between, phases),
    told,
    overLink: info.link !== null,
    scope: scopeOf(info, info.pairs),
  };
}

/** A round of a watched arm. */
interface WatchedRound {
  readonly pair: number;
  readonly block: number;
  readonly isWarm: boolean;
  /** Those that were seen whole, in order. */
  readonly calls: readonly WatchedCall[];
  readonly unseen: number;
  /** The round's first call, where it was seen. */
  readonly first: WatchedCall | null;
}

function watchedRounds({ calls, info }: PhaseSource, arm: string): readonly WatchedRound[] {
  const warmFrom = warmFromBlocks(info);
  const durations = durationsOf(calls, arm);
  return info.instants
    .filter((round) => round.arm === arm)
    .map(({ pair, block, calls: noted }) => {
      const all = noted.map((instants, index): WatchedCall | null => {
        const durationMs = durations.get(`${pair}/${block}/${index}`);
        return instants === null || durationMs === undefined ? null : { instants, durationMs };
      });
      const seen = all.filter((call) => call !== null);
      return {
        pair,
        block,
        isWarm: block >= (warmFrom[pair] ?? 0),
        calls: seen,
        unseen: all.length - seen.length,
        first: all[0] ?? null,
      };
    });
}

/** Place in the run → duration of the calls that succeeded. */
function durationsOf(calls: Calls, arm: string): ReadonlyMap<string, number> {
  const durations = new Map<string, number>();
  for (const row of rowsOfArm(calls, arm)) {
    if (calls.ok[row] !== 1) continue;
    durations.set(
      `${calls.pair[row]}/${calls.block[row]}/${calls.index[row]}`,
      calls.durationMs[row] as number,
    );
  }
  return durations;
}

function blocksOf(rounds: readonly WatchedRound[], told: Told): readonly Block[] {
  return rounds
    .filter(({ isWarm, calls }) => isWarm && calls.length > 0)
    .map(({ pair, block, calls }) => ({ pair, block, means: meanPhases(middleHalf(calls), told) }));
}

/** The calls between the fastest and the slowest quarter. */
function middleHalf(calls: readonly WatchedCall[]): readonly WatchedCall[] {
  const quarter = Math.floor(calls.length / 4);
  return calls.toSorted((a, b) => a.durationMs - b.durationMs).slice(quarter, calls.length - quarter);
}

function meanPhases(calls: readonly WatchedCall[], told: Told): ReadonlyMap<Phase, number> {
  const cut = calls.map((call) => cutCall(call, told));
  return new Map(
    phasesWhere(told).map((phase) => [
      phase,
      cut.reduce((sum, one) => sum + phaseIn(one, phase), 0) / cut.length,
    ]),
  );
}

function phaseIn(phases: ReadonlyMap<Phase, number>, phase: Phase): number {
  return phases.get(phase) ?? 0;
}

/** Block by block, those that both have. */
function differencesOf(first: readonly Block[], second: readonly Block[]): readonly Block[] {
  return matchBlocks(second, first).map(([{ pair, block, means }, other]) => {
    const less = [...means].map(([phase, value]) => [phase, value - phaseIn(other.means, phase)] as const);
    return { pair, block, means: new Map(less) };
  });
}

function meanOf(blocks: readonly Block[], phases: readonly Phase[], info: RunFacts): Estimate {
  const pairs = byPair(blocks);
  return blockMean(
    pairs.map((pair) =>
      pair.map(({ means }) => phases.reduce((sum, phase) => sum + phaseIn(means, phase), 0)),
    ),
    resamplingOf(info, pairs.length),
  );
}

/** Of the first round of each pair the first call. */
function firstCallOf(rounds: readonly WatchedRound[], told: Told): ReadonlyMap<Phase, number> | null {
  const firsts = rounds.flatMap(({ block, first }) => (block === 0 && first !== null ? [first] : []));
  return firsts.length === 0 || toldBy(firsts) !== told ? null : meanPhases(firsts, told);
}

function countsOf(rounds: readonly WatchedRound[]): Pick<ArmPhases, "seen" | "unseen"> {
  const warm = rounds.filter(({ isWarm }) => isWarm);
  return {
    seen: warm.reduce((sum, { calls }) => sum + calls.length, 0),
    unseen: warm.reduce((sum, { unseen }) => sum + unseen, 0),
  };
}

function differenceOrNull(source: PhaseSource, weights: Readonly<Record<string, number>>): Estimate | null {
  try {
    return differenceOf(source, weights);
  } catch (error) {
    whyTooLittle(error);
    return null;
  }
}
