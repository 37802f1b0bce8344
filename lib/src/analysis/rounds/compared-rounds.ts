import { primeBlock } from "../../experiment/plan/priming.js";
import { sharesProcess } from "../../hosts/host.js";
import type { ComparedRound, ComparedRounds } from "../../recompute/compared.js";
import type { Calls } from "../../record/calls.js";
import type { RunInfo } from "../../record/run-info.js";
import { type CompareOptions, startsFresh } from "../compare.js";
import { allRoundsOf, type LoadFacts } from "./rounds.js";

/** What of a run decides which of its rounds can be compared by another choice. */
export type ComparedFacts = LoadFacts & Pick<RunInfo, "host" | "seed" | "primeCalls">;

/**
 * Two arms of a run as they can be compared again by another metric, warm-up or unit. Null for a load, whose rounds before it are
 * other calls, and for calls of another tool, whose ratio rests on more than rounds.
 */
export function comparedRounds(
  calls: Calls,
  info: ComparedFacts,
  { first, second }: Pick<CompareOptions, "first" | "second">,
): ComparedRounds | null {
  if (info.load !== null || info.imported != null) return null;
  const sideOf = (arm: string): readonly ComparedRound[] =>
    // A primed round has many callers at once: another load than the one that is compared.
    allRoundsOf(calls, arm, info).filter(({ block }) => info.primeCalls === 0 || block !== primeBlock);
  return {
    first: sideOf(first),
    second: sideOf(second),
    seed: info.seed,
    fresh: startsFresh(info),
    oneProcess: sharesProcess(info.host),
  };
}
