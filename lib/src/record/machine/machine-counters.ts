import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseProcessStat } from "../../hosts/process-stat.js";

/** Where the system's counters are read; a test gives folders of its own. */
export interface CounterFolders {
  readonly proc: string;
  readonly cgroup: string;
}

/** The system's own places for them. */
export const systemFolders: CounterFolders = { proc: "/proc", cgroup: "/sys/fs/cgroup" };

/** Processor time since boot, in ticks of 1/100 s, summed over all processors (proc(5), /proc/stat). */
export interface ProcessorTicks {
  readonly processors: number;
  /** All of it, waiting included. */
  readonly total: number;
  /** Spent in processes; interrupts are left out, since they cannot be told from those that our calls cause. */
  readonly processes: number;
  /** Wanted but given to another virtual machine by the host. */
  readonly stolen: number;
}

/** Reads the processors' counters; null where there are none. */
export function readProcessorTicks(folders: CounterFolders): ProcessorTicks | null {
  const text = readText(join(folders.proc, "stat")) ?? "";
  const line = /^cpu +(.*)$/m.exec(text)?.[1];
  if (line === undefined) return null;
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, stolen = 0] = line
    .trim()
    .split(/ +/)
    .map(Number);
  const processes = user + nice + system;
  const total = processes + idle + iowait + irq + softirq + stolen;
  const processors = text.match(/^cpu\d+ /gm)?.length ?? 1;
  return Number.isFinite(total) ? { processors, total, processes, stolen } : null;
}

/** Ticks used so far by a process and each of its living descendants, ended children included. */
export function readOwnTicks(folders: CounterFolders, pid: number): Map<number, number> {
  const parents = new Map<number, number>();
  const ticks = new Map<number, number>();
  for (const name of listFolder(folders.proc)) {
    if (!/^\d+$/.test(name)) continue;
    const stat = parseProcessStat(readText(join(folders.proc, name, "stat")) ?? "");
    if (stat === null) continue;
    parents.set(Number(name), stat.parent);
    ticks.set(Number(name), stat.ticks + stat.childTicks);
  }
  for (const candidate of [...ticks.keys()]) if (!descends(parents, candidate, pid)) ticks.delete(candidate);
  return ticks;
}

/** Microseconds for which this process's group was held back by its processor quota; null where that isn't known. */
export function readThrottledUs(folders: CounterFolders): number | null {
  const groups = readText(join(folders.proc, "self", "cgroup")) ?? "";
  const v2 = /^0::(.*)$/m.exec(groups)?.[1] ?? "/";
  const v1 = /^\d+:(?:[^:]*,)?cpu(?:,[^:]*)?:(.*)$/m.exec(groups)?.[1] ?? "/";
  const files = [
    join(folders.cgroup, v2, "cpu.stat"),
    join(folders.cgroup, "cpu.stat"),
    join(folders.cgroup, "cpu", v1, "cpu.stat"),
    join(folders.cgroup, "cpu", "cpu.stat"),
  ];
  for (const file of files) {
    const text = readText(file) ?? "";
    const us = /^throttled_usec (\d+)$/m.exec(text)?.[1];
    if (us !== undefined) return Number(us);
    const ns = /^throttled_time (\d+)$/m.exec(text)?.[1];
    if (ns !== undefined) return Number(ns) / 1000;
  }
  return null;
}

function descends(parents: ReadonlyMap<number, number>, pid: number, ancestor: number): boolean {
  const seen = new Set<number>();
  for (let at: number | undefined = pid; at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === ancestor) return true;
    seen.add(at);
  }
  return false;
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
