import { checkRoundsOfLoad, type RoundOfLoad } from "../experiment/checks/check-loads.js";
import { type SidesFacts, sideProcessors } from "../experiment/checks/processor-laws.js";
import type { Calls } from "../record/calls.js";
import type { RunInfo, Warning } from "../record/run-info.js";
import { LoadSums } from "../schedule/load-sums.js";
import { beginOf, type LoadFacts, loadRoundAt } from "./rounds/rounds.js";
import { rowsByRound } from "./rounds/rows.js";

/** What of a run tells how its loads were made. */
export type LoadRunFacts = LoadFacts &
  SidesFacts & {
    readonly environment: Pick<RunInfo["environment"], "cores">;
  };

/**
 * Holds the calls of any record of a load against the laws that `measure` holds its own against: also of a run that is
 * opened again, and of one that another tool has made, of which nothing else is known. Nothing is said of other calls.
 *
 * @example
 * const warnings = checkRecord(await run.calls(), run.info);
 */
export function checkRecord(calls: Calls, info: LoadRunFacts): Warning[] {
  if (info.load === null) return [];
  const rounds = calls.armNames.flatMap((arm) => loadRoundsOf(calls, info, arm));
  return checkRoundsOfLoad(info.load, rounds, sideProcessors(info, info.environment.cores));
}

/** The warm rounds of an arm's load as the laws see them; none for calls one after another. */
export function loadRoundsOf(calls: Calls, info: LoadFacts, arm: string): RoundOfLoad[] {
  const { load } = info;
  if (load === null) return [];
  return rowsByRound(calls, arm).map((round) => {
    const sums = new LoadSums({ load, beginMs: beginOf(calls, round, { arm, info }) });
    for (const row of round.rows) {
      sums.add({
        caller: calls.caller[row] as number,
        intendedMs: calls.intendedMs[row] as number,
        startMs: calls.startMs[row] as number,
        durationMs: calls.durationMs[row] as number,
        ok: calls.ok[row] === 1,
      });
    }
    const { pair, block } = round;
    return { arm, tally: sums.tally(), known: loadRoundAt(info, { arm, pair, block }) };
  });
}
