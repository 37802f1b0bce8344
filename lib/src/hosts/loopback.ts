import { lookup } from "node:dns/promises";
import type { Check } from "./check.js";

/** The addresses that a name leads to, in the system's order. */
export type Lookup = (name: string) => Promise<readonly string[]>;

/** The system's own lookup. */
export const systemLookup: Lookup = async (name) =>
  (await lookup(name, { all: true })).map(({ address }) => address);

/** A half of a remote server: how to ask it at a given host. */
export interface Half {
  /** As the user wrote it, without brackets. */
  readonly host: string;
  check(host: string): Promise<Check>;
}

/** Where a half answers, or why it doesn't. */
export type Found = { readonly ok: true; readonly host: string } | Exclude<Check, { readonly ok: true }>;

const bothFamilies = ["127.0.0.1", "::1"];

/**
 * Finds the address at which a half answers. `localhost` may lead to 127.0.0.1, to ::1 or to both, and a server
 * listens on either; a client that tries both pays for it in every new connection. So the name is replaced by the
 * address that answers, and when only the other family answers, the reason says so.
 */
export async function findHalf({ host, check }: Half, lookupName: Lookup): Promise<Found> {
  if (host !== "localhost") {
    const answer = await check(host);
    return answer.ok ? { ok: true, host } : answer;
  }
  const leadsTo = await lookupName(host).catch((): readonly string[] => []);
  const reasons: string[] = [];
  let advice: string | undefined;
  for (const address of leadsTo) {
    const answer = await check(address);
    if (answer.ok) return { ok: true, host: address };
    reasons.push(`at ${address} ${answer.reason}`);
    advice ??= answer.advice;
  }
  for (const address of bothFamilies.filter((family) => !leadsTo.includes(family))) {
    if ((await check(address)).ok) return { ok: false, reason: otherFamily(leadsTo, address) };
  }
  const reason = reasons.join(", ") || "localhost leads nowhere here";
  return { ok: false, reason, ...(advice !== undefined && { advice }) };
}

function otherFamily(leadsTo: readonly string[], address: string): string {
  const there = leadsTo.length === 0 ? "nowhere" : `only to ${leadsTo.join(" and ")}`;
  return `localhost leads ${there} here, and the server answers at ${address}: write ${address} in place of localhost`;
}
