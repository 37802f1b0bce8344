import { findArm } from "../arms/registry.js";
import { WirelabError } from "../errors.js";
import type { HostKind } from "../hosts/host.js";
import type { Load } from "../record/load-info.js";
import { wholeNumber } from "./whole-number.js";

/** Calls, and failed calls, of a round after which it ends before its run time. */
export interface StopAfter {
  readonly calls?: number;
  readonly failures?: number;
}

/** The same, null for no number; clients that share a load share it too. */
export interface ClientStopAfter {
  readonly mostCalls: number | null;
  readonly mostFailures: number | null;
}

/** An arm that a load cannot be made with is a `usage` error. */
export function rejectForLoad({
  name,
  arm = name,
  callers,
}: {
  name: string;
  arm?: string;
  callers?: number;
}): void {
  if (findArm(arm).protocol === "none") {
    throw new WirelabError("usage", `The arm ${arm} calls no server, so there is nothing to load.`);
  }
  if (callers !== undefined) {
    throw new WirelabError("usage", `The load says how many users ${name} has: leave out its callers.`);
  }
}

/** How many client processes share the load. */
export function clientsOf(clients: number, load: Load | null, host: HostKind): number {
  const count = wholeNumber("clients", clients, 1);
  if (count === 1) return count;
  if (load === null) throw new WirelabError("usage", "Several clients share a load: give one.");
  if (count > load.users) {
    throw new WirelabError("usage", `${count} clients cannot share ${load.users} users: give fewer clients.`);
  }
  if (host === "child" || host === "remote") return count;
  throw new WirelabError(
    "usage",
    `Host ${host} shares its client's process, so there can be only one client.`,
  );
}

/** The same, as clients are asked. */
export function stopAfterOf(stop: StopAfter): ClientStopAfter {
  const most = (option: string, value: number | undefined) =>
    value === undefined ? null : wholeNumber(option, value, 1);
  return {
    mostCalls: most("stopAfter.calls", stop.calls),
    mostFailures: most("stopAfter.failures", stop.failures),
  };
}
