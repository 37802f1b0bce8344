import { median } from "simple-statistics";
import type { Calls } from "../../record/calls.js";
import { warmRowsOf } from "../rounds/warm-rows.js";
import type { ServerTime } from "../types.js";

/**
 * What an arm's answers say of their time in the server, and what the rest of each call was; null where they say nothing.
 * The rest is taken call by call, since the two medians need not be of the same call.
 */
export function serverTimeOf(calls: Calls, arm: string): ServerTime | null {
  const rows = warmRowsOf(calls, arm, "serverMs");
  if (rows.length === 0) return null;
  const serverMs = (row: number) => calls.serverMs[row] as number;
  return {
    inServerMs: median(rows.map(serverMs)),
    overheadMs: median(rows.map((row) => (calls.durationMs[row] as number) - serverMs(row))),
  };
}
