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

/** The same of one client, as it is asked; null for no number. */
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
  if (host === "child" || host === "remote") return count;
  throw new WirelabError(
    "usage",
    `Host ${host} shares its client's process, so there can be only one client.`,
  );
}

/** What each of the clients is to stop after. */
export function stopAfterOf(stop: StopAfter, clients: number): ClientStopAfter {
  const share = (option: string, value: number | undefined) =>
    value === undefined ? null : Math.ceil(wholeNumber(option, value, 1) / clients);
  return {
    mostCalls: share("stopAfter.calls", stop.calls),
    mostFailures: share("stopAfter.failures", stop.failures),
  };
}
