import type { Calls } from "../../record/calls.js";
import { lastedOf } from "../../record/load-info.js";
import { poolableCalls, type Refusal } from "../../stats/percentiles/percentile-interval.js";
import type { RunFacts } from "../compare.js";
import { percentileOrRefusal } from "../percentile-or-refusal.js";
import { type LoadRows, loadRoundAt, type MeasuredRound, roundsOf } from "../rounds/rounds.js";
import { rowsByRound } from "../rounds/rows.js";
import type { ArmLoad } from "../types.js";
import { stretchesByPair } from "./stretches.js";

/** What only a load says of an arm; null where calls were made one after another. */
export function armLoadOf(calls: Calls, arm: string, info: RunFacts): ArmLoad | null {
  const { load } = info;
  if (load === null) return null;
  const rounds = roundsOf(calls, arm, info);
  const sent = rowsByRound(calls, arm);
  const known = sent.map((round) => loadRoundAt(info, { arm, ...round }));
  const lasted = known.map((round) => lastedOf(load, round));
  const notSent = known.map((round) => round?.notSent ?? null);
  const unsentUnknown = load.kind === "open" && notSent.includes(null);
  const due = sent.map(({ rows }, i) => rows.length + (notSent[i] ?? 0));
  const refused: Record<string, Refusal> = {};
  // Calls that were never sent or failed waited longest: of those that were answered it is a later one.
  const answered = rounds.reduce((sum, { calls: count }) => sum + count, 0);
  const fromDue = poolableCalls(stretchesByPair(rounds, (round) => ofLoad(round).fromDueMs));
  const unanswered = sumOf(due) - answered;
  const ofAllDue = (name: string, p: number) => {
    if (unsentUnknown) return refuse(refused, name, "how many calls were due and never sent is not known");
    const shifted = (p * sumOf(due)) / answered;
    if (shifted < 1) return percentileOrRefusal(fromDue, { name, p: shifted, info, refused });
    return refuse(refused, name, `of ${sumOf(due)} calls that were due, ${unanswered} were never answered`);
  };
  return {
    askedPerSecond:
      load.kind === "closed" || lasted.includes(null)
        ? null
        : (1000 * sumOf(due)) / sumOf(lasted as number[]),
    notSent: notSent.includes(null) ? null : sumOf(notSent as number[]),
    dueP50Ms: ofAllDue("dueP50Ms", 0.5),
    dueP95Ms: ofAllDue("dueP95Ms", 0.95),
    dueP99Ms: ofAllDue("dueP99Ms", 0.99),
    refused,
  };
}

/** However many calls there were: those that were not answered stay so. */
function refuse(refused: Record<string, Refusal>, name: string, why: string): null {
  refused[name] = { refused: why, needed: Number.POSITIVE_INFINITY };
  return null;
}

function ofLoad({ load }: MeasuredRound): LoadRows {
  if (load === null) throw new Error("the round is not one of a load");
  return load;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
