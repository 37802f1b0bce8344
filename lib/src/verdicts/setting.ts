import { loadNumbers } from "./published.js";

/** What of a run decides which published numbers it can stand beside. */
export interface Setting {
  readonly work: string;
  /** Null where nothing but loopback lies between client and servers. */
  readonly link: { readonly roundTripMs: number } | null;
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

/** Whether a run was measured over the path that a post's condition names; a post without pings names none. */
export function isOnPath({ link }: Pick<Setting, "link">, post: string, condition: string): boolean {
  const pingMs = publishedPingMs(post, condition);
  if (pingMs === null || pingMs < localPingMs) return link === null;
  return link !== null && Math.abs(link.roundTripMs / pingMs - 1) < samePath;
}

/** What it would take to stand beside a published number, as a noun phrase: `a run of add over a round trip of 1.489 ms`. */
export function settingNeeded({ work }: Pick<Setting, "work">, post: string, condition: string): string {
  const pingMs = publishedPingMs(post, condition);
  const path =
    pingMs === null || pingMs < localPingMs ? "on one machine" : `over a round trip of ${pingMs} ms`;
  return `a run of ${work} ${path}`;
}
