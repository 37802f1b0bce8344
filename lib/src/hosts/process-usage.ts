import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Missing } from "../stats/missing.js";
import { parseProcessStat, ticksPerSecond } from "./process-stat.js";

/** What a process and its children have used so far. */
export interface ProcessUsage {
  /** Time on a processor of every thread that is alive, by its id, in ns; empty where the system does not count so. */
  readonly threadsNs: ReadonlyMap<number, number>;
  /** The same in steps of 10 ms a process, threads and children that have ended included. */
  readonly wholeMs: number;
  /** 1, and one more for each child. */
  readonly processes: number;
  /** Memory now and at most so far; null with children, since what they share would count twice. */
  readonly residentBytes: number | null;
  readonly peakBytes: number | null;
}

/** How a process is read. */
export interface ReadUsageOptions {
  /** It is known to start no others, so none are looked for, which is more than half of a reading. Default false. */
  readonly isAlone?: boolean;
  /** For tests. Default `/proc`. */
  readonly proc?: string;
}

/**
 * Reads from /proc (proc(5)) what a process of this machine has used, in well under a millisecond.
 *
 * @example
 * const usage = readProcessUsage(process.pid);
 */
export function readProcessUsage(
  pid: number,
  { isAlone = false, proc = "/proc" }: ReadUsageOptions = {},
): ProcessUsage | Missing {
  try {
    const pids = isAlone ? [pid] : [pid, ...descendants(pid, proc)];
    const [status, ...others] = pids.map((each) => readFileSync(join(proc, `${each}`, "status"), "utf8"));
    const alone = others.length === 0;
    return {
      threadsNs: new Map(pids.flatMap((each) => threadTimes(each, proc))),
      wholeMs: pids.reduce((sum, each) => sum + wholeMs(each, proc), 0),
      processes: pids.length,
      residentBytes: alone ? bytesOf(status, "VmRSS") : null,
      peakBytes: alone ? bytesOf(status, "VmHWM") : null,
    };
  } catch {
    const why =
      process.platform === "linux" ? "its counters in /proc cannot be read" : "this system has no /proc";
    return { missing: why };
  }
}

/**
 * Processor time used between two readings, in ms. The sum over living threads knows nanoseconds but loses a thread that
 * ends; the process's own count keeps it, in ticks, rounded down in two fields each time, which is right on average. So
 * the sum counts unless the other is more than rounding above it, and the other only where it is long against rounding.
 * What ended threads used below that, 20 ms a process at most, is not seen.
 */
export function cpuMsBetween(before: ProcessUsage, after: ProcessUsage): number | Missing {
  const whole = after.wholeMs - before.wholeMs;
  const rounding = 2 * tickMs * after.processes;
  const counted = after.threadsNs.size > 0;
  const sum = sumMs(before.threadsNs, after.threadsNs);
  if (counted && whole - sum <= rounding) return Math.max(0, sum);
  if (rounding <= mostRoundingShare * whole) return whole;
  const why = counted ? "threads ended, and the system counts those" : "the system counts processor time";
  return { missing: `${why} in steps of ${tickMs} ms: its rounds have to be longer` };
}

const tickMs = 1000 / ticksPerSecond;
const mostRoundingShare = 0.05;

function sumMs(before: ProcessUsage["threadsNs"], after: ProcessUsage["threadsNs"]): number {
  let sumNs = 0;
  for (const [thread, ns] of after) sumNs += ns - (before.get(thread) ?? 0);
  return sumNs / 1e6;
}

function threadTimes(pid: number, proc: string): [thread: number, ns: number][] {
  return threadsOf(pid, proc).flatMap((thread) => {
    const text = readOrEmpty(join(proc, `${pid}`, "task", thread, "schedstat"));
    const ns = Number.parseInt(text, 10);
    // A kernel that counts no such times writes zeros.
    return ns > 0 ? [[Number(thread), ns]] : [];
  });
}

function descendants(pid: number, proc: string): number[] {
  const children = threadsOf(pid, proc).flatMap((thread) =>
    readOrEmpty(join(proc, `${pid}`, "task", thread, "children"))
      .split(" ")
      .filter(Boolean)
      .map(Number),
  );
  return children.flatMap((child) => [child, ...descendants(child, proc)]);
}

function threadsOf(pid: number, proc: string): string[] {
  return readdirSync(join(proc, `${pid}`, "task"));
}

function wholeMs(pid: number, proc: string): number {
  const stat = parseProcessStat(readFileSync(join(proc, `${pid}`, "stat"), "utf8"));
  if (stat === null) throw new Error("a line of /proc/PID/stat has numbers");
  return (stat.ticks + stat.childTicks) * tickMs;
}

function bytesOf(status: string | undefined, field: "VmRSS" | "VmHWM"): number | null {
  const kilobytes = new RegExp(`^${field}:\\s*(\\d+) kB$`, "m").exec(status ?? "")?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

/** A thread may end between being listed and being read. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
