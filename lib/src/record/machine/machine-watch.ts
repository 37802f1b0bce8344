import { ticksPerSecond } from "../../hosts/process-stat.js";
import type { Warning } from "../run-info.js";
import {
  type CounterFolders,
  type ProcessorTicks,
  readOwnTicks,
  readProcessorTicks,
  readThrottledUs,
  systemFolders,
} from "./machine-counters.js";

// Under half a second a few ticks decide, and what they say is chance.
const leastTicks = ticksPerSecond / 2;
const mostStolenShare = 0.01;
const mostThrottledShare = 0.001;
const mostOtherProcessors = 0.15;

/** A watch over what the machine did beside the measurement. */
export interface MachineWatch {
  /** From now on these processes and their descendants are the measurement's too: servers that it did not start. */
  include(pids: readonly number[]): void;
  /** Ends the watch and says what may have disturbed the measurement; the same again if asked twice. */
  stop(): Warning[];
}

/**
 * Watches, by the system's counters before and after, for time stolen by other virtual machines, for a processor quota
 * that held the measurement back, and for other processes that kept processors busy.
 *
 * A warning means more than 1 % of processor time stolen, 0.1 % of the time held back, or 0.15 processors used by
 * others on average. Where the system has no such counter, as outside Linux, that warning never comes. `folders` is for
 * tests.
 */
export function watchMachine(folders: CounterFolders = systemFolders): MachineWatch {
  const before = readCounters(folders);
  const own = new Map([[process.pid, readOwnTicks(folders, process.pid)]]);
  let warnings: Warning[] | null = null;
  return {
    include(pids) {
      for (const pid of pids) if (!own.has(pid)) own.set(pid, readOwnTicks(folders, pid));
    },
    stop() {
      warnings ??= compare(before, readCounters(folders), ownTicks(folders, own));
      return warnings;
    },
  };
}

interface Counters {
  readonly clockMs: number;
  readonly processors: ProcessorTicks | null;
  readonly throttledUs: number | null;
}

function readCounters(folders: CounterFolders): Counters {
  return {
    clockMs: performance.now(),
    processors: readProcessorTicks(folders),
    throttledUs: readThrottledUs(folders),
  };
}

function compare(before: Counters, after: Counters, used: number): Warning[] {
  const found: (Warning | null)[] = [throttled(before, after)];
  const [from, to] = [before.processors, after.processors];
  if (from !== null && to !== null && to.total - from.total >= leastTicks) {
    const total = to.total - from.total;
    const others = to.processes - from.processes - used;
    found.push(stolen((to.stolen - from.stolen) / total), busy((others / total) * to.processors));
  }
  return found.filter((warning) => warning !== null);
}

/** Ticks that are known of a process and its descendants, by pid. */
type Ticks = ReadonlyMap<number, number>;

/**
 * Ticks that our processes and their descendants used since `before`. A descendant that ended has left all of its ticks
 * to its parent; a server that ended, to nobody we know, so it is left out. One may be the descendant of another.
 */
function ownTicks(folders: CounterFolders, before: ReadonlyMap<number, Ticks>): number {
  const from = new Map<number, number>();
  const to = new Map<number, number>();
  for (const [root, ticks] of before) {
    const now = readOwnTicks(folders, root);
    if (!now.has(root)) continue;
    for (const [pid, value] of ticks) if (!from.has(pid)) from.set(pid, value);
    for (const [pid, value] of now) if (!to.has(pid)) to.set(pid, value);
  }
  return sum(to) - sum(from);
}

function sum(ticks: Ticks): number {
  return [...ticks.values()].reduce((total, value) => total + value, 0);
}

function stolen(share: number): Warning | null {
  if (share <= mostStolenShare) return null;
  return {
    code: "cpu-steal",
    message: `Other virtual machines took ${percent(share)} of the processor time during the run.`,
    advice: "Measure on a machine of its own, or at another hour, before trusting small differences.",
  };
}

function throttled(before: Counters, after: Counters): Warning | null {
  if (before.throttledUs === null || after.throttledUs === null) return null;
  const ms = (after.throttledUs - before.throttledUs) / 1000;
  const share = ms / (after.clockMs - before.clockMs);
  if (!(share > mostThrottledShare)) return null;
  return {
    code: "throttled",
    message: `A processor quota held the run back for ${ms.toFixed(0)} ms.`,
    advice:
      "Raise the quota of the container, or measure outside it: percentiles near the top are the quota's.",
  };
}

function busy(processors: number): Warning | null {
  if (processors <= mostOtherProcessors) return null;
  return {
    code: "busy-machine",
    message: `Other programs kept ${processors.toFixed(2)} processors busy on average during the run.`,
    advice: "Close them and measure again, or trust only differences that are large.",
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
