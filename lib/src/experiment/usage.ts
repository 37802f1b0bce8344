import { findArm } from "../arms/registry.js";
import type { Host } from "../hosts/host.js";
import { cpuMsBetween, type Missing, type ProcessUsage, readProcessUsage } from "../hosts/process-usage.js";
import type { RoundUsage } from "../record/run-info.js";
import type { RoundSummary } from "./rounds.js";

/** What the process that serves an arm has used so far, or why that is not known; null for an arm that calls no server. */
export function readServerUsage(
  host: Host,
  { arm }: { readonly arm: string },
): ProcessUsage | Missing | null {
  const { protocol } = findArm(arm);
  if (protocol === "none") return null;
  const pid = host.pids[protocol];
  return pid === null ? { missing: host.pids.missing ?? "it has no process" } : readProcessUsage(pid);
}

/** What a round took, from readings before and after it. */
export function usageOfRound(
  { arm, pair, block, calls }: RoundSummary,
  before: ProcessUsage | Missing,
  after: ProcessUsage | Missing,
): RoundUsage | Missing {
  if ("missing" in before) return before;
  if ("missing" in after) return after;
  // To the microsecond: what is finer is the clock's.
  const cpuMs = Math.round(cpuMsBetween(before, after) * 1000) / 1000;
  const { residentBytes, peakBytes } = after;
  return { arm, pair, block, calls, cpuMs, residentBytes, peakBytes };
}
