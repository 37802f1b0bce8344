import type { DataFrame } from "danfojs-node";
import { isSeen, type Ladder, type RungCost } from "../../analysis/layers/ladder.js";
import { type Cell, estimateCells } from "../tables/table.js";
import { makeFrame } from "./frame.js";

/** What is said of a step whose interval holds 0. */
export const tooSmall = "too small to see here";

/**
 * A row a rung: what it changes and from where, what a call takes there, and the step, both with their 99 % intervals.
 *
 * @example
 * ladderFrame(costs).loc({ columns: ["rung", "stepMs"] })
 */
export function ladderFrame({ rungs, scope }: Ladder): DataFrame {
  const columns = [
    ...["rung", "changes", "over", "ends"],
    ...["medianMs", "medianLowMs", "medianHighMs", "stepMs", "stepLowMs", "stepHighMs", "remark"],
  ];
  const rows = rungs.map((rung): Cell[] => [
    rung.name,
    rung.changes,
    rung.over ?? "",
    `${rung.client} → ${rung.server}`,
    ...estimateCells(rung.level),
    ...estimateCells(rung.step),
    remarkOf(rung),
  ]);
  return makeFrame(columns, rows, {
    caption:
      "The ladder: medians of rounds, averaged, and the difference that each rung makes inside its blocks; below a value its 99 % interval",
    notes: [
      `In ${scope}.`,
      ...rungs.flatMap(({ name, missing }) => (missing === "" ? [] : [`No number for ${name}: ${missing}`])),
    ],
  });
}

function remarkOf({ step }: RungCost): string {
  return step === null || isSeen(step) ? "" : tooSmall;
}
