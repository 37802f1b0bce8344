import { median } from "simple-statistics";
import type { Calls } from "../record/calls.js";
import type { ServerTime } from "./types.js";

/**
 * What an arm's answers say of their time in the server, and what the rest of each call was; null where they say nothing.
 * The rest is taken call by call, since the two medians need not be of the same call.
 */
export function serverTimeOf(calls: Calls, arm: string): ServerTime | null {
  const number = calls.armNames.indexOf(arm);
  const inServerMs: number[] = [];
  const overheadMs: number[] = [];
  for (let i = 0; i < calls.length; i++) {
    const serverMs = calls.serverMs[i] as number;
    if (calls.arm[i] !== number || calls.warmup[i] === 1 || calls.ok[i] !== 1 || Number.isNaN(serverMs))
      continue;
    inServerMs.push(serverMs);
    overheadMs.push((calls.durationMs[i] as number) - serverMs);
  }
  if (inServerMs.length === 0) return null;
  return { inServerMs: median(inServerMs), overheadMs: median(overheadMs) };
}
