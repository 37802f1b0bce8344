import { findArm } from "../../arms/registry.js";
import { WirelabError } from "../../errors.js";
import type { HostKind } from "../../hosts/host.js";
import type { Load, StopAfter } from "../../record/load-info.js";
import { wholeNumber } from "./whole-number.js";

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
    throw new WirelabError(
      "usage",
      `${count} client processes cannot share ${load.users} users: take fewer processes, or more users.`,
    );
  }
  if (host === "child" || host === "remote") return count;
  throw new WirelabError(
    "usage",
    `Host ${host} shares its client's process, so there can be only one client.`,
  );
}

/** What was asked for, with numbers that can be. */
export function stopAfterOf({ calls, failures }: StopAfter): StopAfter {
  return {
    ...(calls !== undefined && { calls: wholeNumber("stopAfter.calls", calls, 1) }),
    ...(failures !== undefined && { failures: wholeNumber("stopAfter.failures", failures, 1) }),
  };
}
