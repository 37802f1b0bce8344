import type { Calls } from "../../record/calls.js";
import { rowsOfArm } from "./rows.js";

/** Visits the rows of warm calls that succeeded, in order, each with its arm's index in `armNames`. */
export function eachWarmRow(calls: Calls, visit: (arm: number, row: number) => void): void {
  for (let row = 0; row < calls.length; row++) {
    if (calls.warmup[row] === 0 && calls.ok[row] === 1) visit(calls.arm[row] as number, row);
  }
}

/** Those of one arm in which `column` is known. */
export function warmRowsOf(calls: Calls, arm: string, column: "firstByteMs" | "serverMs"): number[] {
  const { ok, warmup, [column]: values } = calls;
  const rows: number[] = [];
  for (const row of rowsOfArm(calls, arm)) {
    if (warmup[row] === 0 && ok[row] === 1 && !Number.isNaN(values[row])) rows.push(row);
  }
  return rows;
}
