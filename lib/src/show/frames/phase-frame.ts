import type { DataFrame } from "danfojs-node";
import { phasesWhere } from "../../analysis/layers/call-phases.js";
import type { CallPhases } from "../../analysis/layers/phases.js";
import type { Estimate } from "../../stats/interval.js";
import { type Cell, estimateCells } from "../tables/table.js";
import { costOf, phaseMeanings } from "../words/phase-words.js";
import { makeFrame } from "./frame.js";

/** Arm → its column. */
const columns: Readonly<Record<string, string>> = {
  rest: "restMs",
  "rest-new-connection": "restNewConnectionMs",
  grpc: "grpcMs",
};

/**
 * A row a phase and one for the whole: what it takes on each arm, and the difference of the two protocols, with 99 % intervals.
 *
 * @example
 * phaseFrame(phases).loc({ columns: ["phase", "grpcLessRestMs"] })
 */
export function phaseFrame({ arms, differences, difference, told, scope }: CallPhases): DataFrame {
  const names = [...arms.map(({ plain }) => columns[plain] ?? `${plain}Ms`), "grpcLessRestMs"];
  const rows = phasesWhere(told).map((phase): Cell[] => [
    phase,
    ...[...arms.map(({ phases }) => phases), differences].flatMap((costs) => bounds(costOf(costs, phase))),
    phaseMeanings[phase],
  ]);
  const whole = [...arms.map((arm) => arm.whole), difference].flatMap(bounds);
  return makeFrame(
    [
      "phase",
      ...names.flatMap((name) => [name, ...["Low", "High"].map((end) => name.replace(/Ms$/, `${end}Ms`))]),
      "lasts",
    ],
    [...rows, ["the whole call", ...whole, "asked → answered"]],
    {
      caption:
        "The phases of one call: means of each round's middle half of calls, which add up; below a value its 99 % interval",
      notes: [`In ${scope}. Watched calls, which take longer than others: see what watching costs.`],
    },
  );
}

function bounds(estimate: Estimate | null): Cell[] {
  // A phase that no call has is no estimate.
  if (estimate !== null && estimate.low === estimate.high) return [estimate.value, null, null];
  return estimateCells(estimate);
}
