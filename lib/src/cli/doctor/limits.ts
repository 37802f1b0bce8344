import { formatBytes, formatCount } from "../../show/words/number.js";
import type { Check } from "./check.js";

/** What this process may use; null where the system does not say. */
export interface Limits {
  readonly openFiles: number | "unlimited" | null;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly diskFreeBytes: number | null;
}

// 10,000 users, a connection each, and what a process has open besides.
const enoughFiles = 10_500;
const enoughMemoryBytes = 2e9;
// A million calls are some 100 MB while a run goes on.
const enoughDiskBytes = 1e9;

/** Looks whether the limits leave room for what the lab does. */
export function checkLimits({ openFiles, cores, memoryBytes, diskFreeBytes }: Limits): Check[] {
  return [
    limit({
      name: "open files",
      found:
        openFiles === null ? "unknown" : typeof openFiles === "number" ? formatCount(openFiles) : openFiles,
      enough: typeof openFiles !== "number" || openFiles >= enoughFiles,
      advice: "Loads of 10,000 users need a connection each: raise it with `ulimit -n 20000`.",
    }),
    limit({
      name: "cores",
      found: formatCount(cores),
      enough: cores >= 2,
      advice: "Client and server share one core, so each slows the other and ratios mix both.",
    }),
    limit({
      name: "memory",
      found: formatBytes(memoryBytes),
      enough: memoryBytes >= enoughMemoryBytes,
      advice: `Large runs and several processes want ${formatBytes(enoughMemoryBytes)}: measure fewer calls at a time.`,
    }),
    limit({
      name: "disk for data/runs",
      found: diskFreeBytes === null ? "unknown" : `${formatBytes(diskFreeBytes)} free`,
      enough: diskFreeBytes === null || diskFreeBytes >= enoughDiskBytes,
      advice: "A run on a full disk keeps its calls in memory only: free some space.",
    }),
  ];
}

function limit(options: { name: string; found: string; enough: boolean; advice: string }): Check {
  const { name, found, enough, advice } = options;
  return { topic: "limits", name, found, state: enough ? "ok" : "careful", advice: enough ? null : advice };
}
