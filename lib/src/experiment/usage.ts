import { findArm } from "../arms/registry.js";
import type { Host } from "../hosts/host.js";
import { cpuMsBetween, type Missing, type ProcessUsage, readProcessUsage } from "../hosts/process-usage.js";
import type { RoundUsage } from "../record/run-info.js";
import type { Client } from "./client.js";
import type { RoundSummary } from "./rounds.js";

/** What the two processes of a call have used so far. */
export interface SidesUsage {
  readonly server: ProcessUsage | Missing;
  readonly client: ProcessUsage | Missing;
}

/** Reads what the processes that serve an arm and call it have used; null for an arm that calls no server. */
export function readUsage(host: Host, client: Client, { arm }: { readonly arm: string }): SidesUsage | null {
  const { protocol } = findArm(arm);
  if (protocol === "none") return null;
  const pid = host.pids[protocol];
  return {
    server: pid === null ? { missing: host.pids.missing ?? "it has no process" } : readProcessUsage(pid),
    client: readProcessUsage(client.pid),
  };
}

/** What a round took, from readings before and after it. */
export function usageOfRound(
  { arm, pair, block, calls }: RoundSummary,
  before: SidesUsage,
  after: SidesUsage,
): RoundUsage | Missing {
  if ("missing" in before.server) return before.server;
  if ("missing" in after.server) return after.server;
  const cpuMs = toMicrosecond(cpuMsBetween(before.server, after.server));
  const clientKnown = !("missing" in before.client) && !("missing" in after.client);
  const clientCpuMs = clientKnown
    ? toMicrosecond(cpuMsBetween(before.client as ProcessUsage, after.client as ProcessUsage))
    : null;
  const { residentBytes, peakBytes } = after.server;
  return { arm, pair, block, calls, cpuMs, clientCpuMs, residentBytes, peakBytes };
}

/** What is finer is the clock's. */
function toMicrosecond(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
