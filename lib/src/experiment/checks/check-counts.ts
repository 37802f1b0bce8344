import type { CountedCalls, Warning } from "../../record/run-info.js";
import type { Plan } from "../plan/plan.js";
import type { RoundSummary } from "../rounds.js";

/** Whether servers that count their calls were asked as often as the record says that they were called. */
export function checkCounts(
  { arms }: Pick<Plan, "arms">,
  rounds: readonly Pick<RoundSummary, "arm" | "pair" | "calls">[],
  counted: readonly CountedCalls[],
): Warning[] {
  const serverOf = new Map(arms.map(({ name, server }) => [name, server]));
  const different = counted.flatMap(({ pair, server, calls }) => {
    const own = rounds.filter((round) => round.pair === pair && serverOf.get(round.arm) === server);
    const recorded = own.reduce((sum, round) => sum + round.calls, 0);
    return recorded === calls ? [] : [{ server, calls, recorded }];
  });
  const [first] = different;
  if (first === undefined) return [];
  const callers = arms.filter(({ server }) => server === first.server).map(({ name }) => name);
  return [
    {
      code: "count-differs",
      message: `The server of ${callers.join(" and ")} counted ${first.calls} calls, and the record has ${first.recorded}; so it was with ${different.length} of ${counted.length} servers.`,
      advice:
        "Calls that were given up or repeated on the way explain that; where none were, do not trust the run.",
    },
  ];
}
