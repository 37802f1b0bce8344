import type { Calls } from "../record/calls.js";

/** Visits the rows of warm calls that succeeded, in order, each with its arm's index in `armNames`. */
export function eachWarmRow(calls: Calls, visit: (arm: number, row: number) => void): void {
  for (let row = 0; row < calls.length; row++) {
    if (calls.warmup[row] === 0 && calls.ok[row] === 1) visit(calls.arm[row] as number, row);
  }
}

/** Those of one arm in which `column` is known. */
export function warmRowsOf(calls: Calls, arm: string, column: "firstByteMs" | "serverMs"): number[] {
  const number = calls.armNames.indexOf(arm);
  const rows: number[] = [];
  eachWarmRow(calls, (own, row) => {
    if (own === number && !Number.isNaN(calls[column][row])) rows.push(row);
  });
  return rows;
}
