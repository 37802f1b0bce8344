import { findArm } from "../arms/registry.js";
import { type Host, sharedProcess } from "../hosts/host.js";
import { cpuMsBetween, type ProcessUsage, readProcessUsage } from "../hosts/process-usage.js";
import type { RoundUsage } from "../record/run-info.js";
import type { Missing } from "../stats/missing.js";
import type { Client } from "./clients/client.js";
import type { PlannedArm } from "./plan/arm-plan.js";
import type { RoundSummary } from "./rounds.js";

/** What the two processes of a call have used so far. */
export interface SidesUsage {
  readonly server: ProcessUsage | Missing;
  /** A reading for each of the client's processes. */
  readonly clients: readonly (ProcessUsage | Missing)[];
}

/** Reads what the processes that serve an arm and call it have used; null for an arm that calls no server. */
export function readUsage(
  host: Host,
  client: Client,
  { arm, program, workers }: Pick<PlannedArm, "arm" | "program" | "workers">,
): SidesUsage | null {
  const { protocol, language } = findArm(arm);
  if (protocol === "none") return null;
  const pid = host.pids[protocol];
  const server = { isAlone: host.kind === "child" && program === "node" && workers === 1 };
  const clients = { isAlone: language === "typescript" };
  return {
    server:
      pid === null ? { missing: host.pids.missing ?? "it has no process" } : readProcessUsage(pid, server),
    clients: host.pids === sharedProcess ? [] : client.pids.map((each) => readProcessUsage(each, clients)),
  };
}

/** What a round took, and why that of its server, or of its clients, is not known. */
export interface UsedInRound {
  readonly usage: RoundUsage;
  readonly serverMissing: string | null;
  /** Null, too, where the client has no process of its own. */
  readonly clientsMissing: string | null;
}

/** The same from readings before and after it. */
export function usageOfRound(
  { arm, pair, block, calls }: Pick<RoundSummary, "arm" | "pair" | "block" | "calls">,
  before: SidesUsage,
  after: SidesUsage,
): UsedInRound {
  const [cpuMs, serverMissing] = knownOrWhy(usedMs(before.server, after.server));
  const [clientCpuMs, clientsMissing] = knownOrWhy(clientsUsed(before, after));
  const { residentBytes, peakBytes } = "missing" in after.server ? noMemory : after.server;
  return {
    usage: { arm, pair, block, calls, cpuMs, clientCpuMs, residentBytes, peakBytes },
    serverMissing,
    clientsMissing,
  };
}

function knownOrWhy(ms: number | Missing | null): [ms: number | null, missing: string | null] {
  return ms === null || typeof ms === "number" ? [ms, null] : [null, ms.missing];
}

const noMemory = { residentBytes: null, peakBytes: null };

/** Processor time of all client processes between two readings, in ms; null where it is not known. */
export function clientsUsedMs(before: SidesUsage, after: SidesUsage): number | null {
  return knownOrWhy(clientsUsed(before, after))[0];
}

function clientsUsed(before: SidesUsage, after: SidesUsage): number | Missing | null {
  return sumKnown(
    after.clients.map((usage, i) => usedMs(before.clients[i] as ProcessUsage | Missing, usage)),
  );
}

/** Memory of all client processes, in bytes; null where it is not known. */
export function clientsBytes({ clients }: SidesUsage): number | null {
  const bytes = clients.map((usage) => ("missing" in usage ? usage : (usage.residentBytes ?? unknown)));
  return knownOrWhy(sumKnown(bytes))[0];
}

const unknown: Missing = { missing: "it has several processes" };

/** Of processes that come only with the round, as Locust's do for a chain, there are no readings and so no sum. */
function sumKnown(values: readonly (number | Missing)[]): number | Missing | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => {
    if (typeof sum !== "number") return sum;
    return typeof value === "number" ? sum + value : value;
  });
}

/** Processor time of one process between two readings, in ms, or why it is not known. */
export function usedMs(before: ProcessUsage | Missing, after: ProcessUsage | Missing): number | Missing {
  if ("missing" in before) return before;
  if ("missing" in after) return after;
  const ms = cpuMsBetween(before, after);
  // To the microsecond: what is finer is the clock's.
  return typeof ms === "number" ? Math.round(ms * 1000) / 1000 : ms;
}
