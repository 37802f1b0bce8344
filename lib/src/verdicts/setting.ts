import { workSize } from "../arms/registry.js";
import type { HostKind } from "../hosts/host.js";
import type { Load } from "../record/load-info.js";
import type { LinkParameters, RunInfo } from "../record/run-info.js";
import { loadNumbers } from "./published/published.js";
import { isLikeLoad, type LoadPlace, publishedLoad } from "./published/published-load.js";
import { sayLoad } from "./words/load-words.js";

/** What of a run decides which published numbers it can stand beside. */
export interface Setting {
  readonly work: string;
  readonly host: HostKind;
  /** Null where nothing is modelled between client and servers. */
  readonly link: LinkParameters | null;
  readonly warnings: readonly { readonly code: string }[];
}

/** A published ping below this is a machine talking to itself. */
const localPingMs = 0.15;

/** A link is a published path when their round trips differ by less than this share. */
const samePath = 0.01;

/** The round trip that a post measured by ping under a condition, in ms; null where it measured none. */
export function publishedPingMs(post: string, condition: string): number | null {
  const ping = loadNumbers().find(
    (number) => number.post === post && number.arm === "ping" && number.condition === condition,
  );
  return ping?.value ?? null;
}

/**
 * Whether a run was measured over the path that a post's condition names. A post without pings names none; of a path that
 * a post pinged nothing is known but its round trip, so a link with a limit of its own is another, as is a remote server.
 */
export function isOnPath(run: Omit<Setting, "work">, post: string, condition: string): boolean {
  const { host, link } = run;
  const pingMs = publishedPingMs(post, condition);
  if (pingMs === null) return link === null;
  if (pingMs < localPingMs) return link === null && host !== "remote";
  if (link === null || run.warnings.some(({ code }) => code === "link-off")) return false;
  return isPlain(link) && Math.abs(link.roundTripMs / pingMs - 1) < samePath;
}

function isPlain({ jitterMs, bandwidthMbps, slowStart, stalls }: LinkParameters): boolean {
  return jitterMs === 0 && bandwidthMbps === null && slowStart && stalls === null;
}

/** Whether a run's work was as large as the posts', which is its usual size. */
export function isUsualSize({ work, size }: Pick<RunInfo, "work" | "size">): boolean {
  return size === workSize(work, null);
}

/** Callers at once that begin to be many. */
export const manyCallers = 8;

/** What a condition says of the callers; one that is not here says nothing of them. */
const loads: Readonly<Record<string, { fits(callers: number): boolean; readonly needed: string }>> = {
  chain: { fits: (callers) => callers === 1, needed: "with one caller" },
  "many callers": {
    fits: (callers) => callers >= manyCallers,
    needed: `with ${manyCallers} callers or more`,
  },
  "more and more connections": {
    fits: (callers) => callers >= manyCallers,
    needed: `with ${manyCallers} callers or more, each on a connection of its own`,
  },
};

/**
 * Whether an arm of a run was under the load that a claim or a published number is about: the post's own where it says which
 * users it had, else so many callers one call after another as its condition names.
 */
export function isLoad({ load, callers }: RunLoad, place: LoadPlace): boolean {
  const published = publishedLoad(place);
  if (published !== null) return load !== null && isLikeLoad(load, published, place);
  return load === null && (loads[place.condition]?.fits(callers) ?? true);
}

/** What of a run and an arm says how it was loaded. */
export interface RunLoad {
  readonly load: Load | null;
  readonly callers: number;
}

/** What it would take to stand beside a published number, as a noun phrase: `a run of add over a round trip of 1.489 ms`. */
export function settingNeeded({ work }: Pick<Setting, "work">, place: LoadPlace): string {
  const { post, condition } = place;
  const pingMs = publishedPingMs(post, condition);
  const path =
    pingMs === null || pingMs < localPingMs ? "on one machine" : `over a round trip of ${pingMs} ms`;
  const published = publishedLoad(place);
  const load = published === null ? loads[condition]?.needed : `under ${sayLoad(published)}`;
  return `a run of ${work} ${path}${load === undefined ? "" : ` ${load}`}`;
}
