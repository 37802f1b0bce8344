import { findArm } from "../arms/registry.js";
import type { Host } from "../hosts/host.js";
import { cpuMsBetween, type Missing, type ProcessUsage, readProcessUsage } from "../hosts/process-usage.js";
import type { RoundUsage } from "../record/run-info.js";
import type { Client } from "./client.js";
import type { RoundSummary } from "./rounds.js";

/** What the two processes of a call have used so far. */
export interface SidesUsage {
  readonly server: ProcessUsage | Missing;
  /** A reading for each of the client's processes. */
  readonly clients: readonly (ProcessUsage | Missing)[];
}

/** Reads what the processes that serve an arm and call it have used; null for an arm that calls no server. */
export function readUsage(host: Host, client: Client, { arm }: { readonly arm: string }): SidesUsage | null {
  const { protocol } = findArm(arm);
  if (protocol === "none") return null;
  const pid = host.pids[protocol];
  return {
    server: pid === null ? { missing: host.pids.missing ?? "it has no process" } : readProcessUsage(pid),
    clients: client.pids.map((each) => readProcessUsage(each)),
  };
}

/** What a round took, from readings before and after it. */
export function usageOfRound(
  { arm, pair, block, calls }: RoundSummary,
  before: SidesUsage,
  after: SidesUsage,
): RoundUsage | Missing {
  if ("missing" in after.server) return after.server;
  const cpuMs = usedMs(before.server, after.server);
  if (typeof cpuMs !== "number") return cpuMs;
  const clientCpuMs = clientsUsedMs(before, after);
  const { residentBytes, peakBytes } = after.server;
  return { arm, pair, block, calls, cpuMs, clientCpuMs, residentBytes, peakBytes };
}

/** Processor time of all client processes between two readings, in ms; null where it is not known. */
export function clientsUsedMs(before: SidesUsage, after: SidesUsage): number | null {
  return sumKnown(
    after.clients.map((usage, i) => usedMs(before.clients[i] as ProcessUsage | Missing, usage)),
  );
}

/** Memory of all client processes, in bytes; null where it is not known. */
export function clientsBytes({ clients }: SidesUsage): number | null {
  return sumKnown(clients.map((usage) => ("missing" in usage ? usage : (usage.residentBytes ?? unknown))));
}

const unknown: Missing = { missing: "it has several processes" };

function sumKnown(values: readonly (number | Missing)[]): number | null {
  return values.reduce<number | null>(
    (sum, value) => (sum === null || typeof value !== "number" ? null : sum + value),
    0,
  );
}

/** Processor time of one process between two readings, in ms, or why it is not known. */
export function usedMs(before: ProcessUsage | Missing, after: ProcessUsage | Missing): number | Missing {
  if ("missing" in before) return before;
  if ("missing" in after) return after;
  const ms = cpuMsBetween(before, after);
  // To the microsecond: what is finer is the clock's.
  return typeof ms === "number" ? Math.round(ms * 1000) / 1000 : ms;
}
