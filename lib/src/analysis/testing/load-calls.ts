import type { Calls } from "../../record/calls.js";
import { newCalls } from "../../record/calls-table.js";

/** A call of a made-up load; times in ms. */
export interface LoadCall {
  readonly arm?: string;
  readonly pair?: number;
  readonly block?: number;
  readonly caller?: number;
  /** When it was due. */
  readonly dueMs: number;
  /** From then until it was sent; default 0. */
  readonly lateMs?: number;
  readonly durationMs: number;
  /** "" or left out for success. */
  readonly error?: string;
  readonly bytesReceived?: number;
}

/** Those calls as a record. */
export function loadCalls(rows: readonly LoadCall[]): Calls {
  const armNames = [...new Set(rows.map(({ arm = "rest" }) => arm))];
  const errorCodes = [...new Set(["", ...rows.map(({ error = "" }) => error)])];
  const calls = newCalls(rows.length, armNames, errorCodes);
  rows.forEach((row, i) => {
    const { arm = "rest", pair = 0, block = 0, caller = 0, dueMs, lateMs = 0, durationMs, error = "" } = row;
    calls.arm[i] = armNames.indexOf(arm);
    calls.pair[i] = pair;
    calls.block[i] = block;
    calls.index[i] = i;
    calls.caller[i] = caller;
    calls.intendedMs[i] = dueMs;
    calls.startMs[i] = dueMs + lateMs;
    calls.durationMs[i] = durationMs;
    calls.calls[i] = 1;
    calls.ok[i] = error === "" ? 1 : 0;
    calls.error[i] = errorCodes.indexOf(error);
    calls.bytesReceived[i] = row.bytesReceived ?? 12;
  });
  return calls;
}
