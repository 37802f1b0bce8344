import type { ServerInfo } from "./run-info.js";

/** Processes of the server of that number; 1 where nobody wrote it down. */
export function workersOf(servers: readonly ServerInfo[], server: number): number {
  return servers.find((one) => one.server === server)?.workers ?? 1;
}
