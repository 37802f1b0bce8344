import { primeBlock } from "../../experiment/plan/priming.js";
import { sharesProcess } from "../../hosts/host.js";
import type { ComparedRound, ComparedRounds } from "../../recompute/compared.js";
import type { Calls } from "../../record/calls.js";
import type { RunInfo } from "../../record/run-info.js";
import { type CompareOptions, startsFresh } from "../compare.js";
import { allRoundsOf, type LoadFacts } from "./rounds.js";
import { rowsOfArm } from "./rows.js";

/** What of a run decides which of its rounds can be compared by another choice. */
export type ComparedFacts = LoadFacts & Pick<RunInfo, "host" | "seed" | "primeCalls" | "warmupBlocks">;

type Arms = Pick<CompareOptions, "first" | "second">;

/**
 * Two arms of a run as they can be compared again by another metric, warm-up or unit; blocks of a load are counted from its first.
 * Not for calls of another tool, whose ratio rests on more than rounds.
 */
export function comparedRounds(calls: Calls, info: ComparedFacts, { first, second }: Arms): ComparedRounds {
  const before = info.load === null ? 0 : info.warmupBlocks;
  const sideOf = (arm: string): readonly ComparedRound[] =>
    allRoundsOf(calls, arm, info)
      .filter((round) => isCompared(round, info))
      .map((round) => ({ ...round, block: round.block - before }));
  return {
    first: sideOf(first),
    second: sideOf(second),
    seed: info.seed,
    fresh: startsFresh(info),
    oneProcess: sharesProcess(info.host),
  };
}

/** How many rows those rounds have, without making them. */
export function comparedRows(calls: Calls, info: ComparedFacts, { first, second }: Arms): number {
  const counts = (row: number) =>
    calls.ok[row] === 1 &&
    isCompared({ block: calls.block[row] as number, warm: calls.warmup[row] === 0 }, info);
  const countOf = (arm: string) => rowsOfArm(calls, arm).reduce((sum, row) => sum + (counts(row) ? 1 : 0), 0);
  return countOf(first) + countOf(second);
}

/** Rounds before a load are other calls, and a primed one has many callers at once: another load than the one that is compared. */
function isCompared(
  { block, warm }: Pick<ComparedRound, "block" | "warm">,
  { load, primeCalls }: ComparedFacts,
): boolean {
  return load === null ? primeCalls === 0 || block !== primeBlock : warm;
}
