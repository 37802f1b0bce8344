import { type Load, type LoadRound, lastedOf, runTimeOf } from "../../record/load-info.js";
import type { RoundUsage, RunInfo, Warning } from "../../record/run-info.js";
import type { LoadTally } from "../../schedule/load-sums.js";
import type { Plan } from "../plan/plan.js";
import type { RoundSummary } from "../rounds.js";
import { checkCallers } from "./callers-bound.js";
import type { WarmPair } from "./checks.js";
import { checkLaw } from "./load-laws.js";
import { checkUse, type SideProcessors, type SidesFacts, sideProcessors } from "./processor-laws.js";

/** What a run that goes on knows of its rounds. */
export interface MeasuredSoFar {
  readonly plan: Plan;
  readonly info: SidesFacts & Pick<RunInfo, "environment">;
  readonly rounds: readonly RoundSummary[];
  readonly usage: readonly RoundUsage[];
  readonly warm: readonly WarmPair[];
  readonly loads: readonly LoadRound[];
}

/** What a run says against believing its load: that of callers who never pause, or one that lasts a time. */
export function checkLoads({ plan, info, rounds, usage, warm, loads }: MeasuredSoFar): Warning[] {
  if (plan.load === null) return checkCallers(plan, rounds, usage, warm);
  const processors = sideProcessors(info, info.environment.cores);
  return checkRoundsOfLoad(plan.load, roundsOfLoad(rounds, loads), processors);
}

/** A round of a load: its calls summed up, and what is known of it besides. */
export interface RoundOfLoad {
  readonly arm: string;
  readonly tally: LoadTally;
  /** Null where nobody wrote it down, as of another tool's file. */
  readonly known: LoadRound | null;
}

/** What the rounds of a load say against believing it: a warning of each kind for an arm, with the first round's numbers. */
export function checkRoundsOfLoad(
  load: Load,
  rounds: readonly RoundOfLoad[],
  processors: SideProcessors,
): Warning[] {
  const arms = [...new Set(rounds.map(({ arm }) => arm))];
  return arms.flatMap((arm) => {
    const own = rounds.filter((round) => round.arm === arm);
    return together(
      own.map((round) => checkRound(load, round, processors)),
      own.length,
    );
  });
}

/** Rounds of a load as a run that goes on knows them; one that never told how it ended is left out. */
function roundsOfLoad(rounds: readonly RoundSummary[], loads: readonly LoadRound[]): readonly RoundOfLoad[] {
  const place = ({ arm, pair, block }: RoundSummary | LoadRound) => `${pair}/${block}/${arm}`;
  const known = new Map(loads.map((round) => [place(round), round]));
  return rounds.flatMap((round) => {
    const told = known.get(place(round));
    return round.load === null || told === undefined
      ? []
      : [{ arm: round.arm, tally: round.load, known: told }];
  });
}

function checkRound(
  load: Load,
  { arm, tally, known }: RoundOfLoad,
  processors: SideProcessors,
): readonly Warning[] {
  return [
    ...checkLaw({
      arm,
      load,
      tally,
      usersStarted: known?.usersStarted ?? null,
      averageUsers: known?.averageUsers,
      notSent: known?.notSent ?? null,
      cutShort: known !== null && lastedOf(load, known) !== runTimeOf(load),
    }),
    ...(known === null ? [] : checkUse(known, load, processors)),
  ];
}

function together(rounds: readonly (readonly Warning[])[], of: number): Warning[] {
  const kinds = new Map<Warning["code"], { first: Warning; rounds: number }>();
  for (const warning of rounds.flat()) {
    const seen = kinds.get(warning.code);
    if (seen === undefined) kinds.set(warning.code, { first: warning, rounds: 1 });
    else seen.rounds++;
  }
  return [...kinds.values()].map(({ first, rounds: count }) =>
    of === 1 ? first : { ...first, message: `${first.message} So it was in ${count} of ${of} rounds.` },
  );
}
