import { readFileSync } from "node:fs";
import { findProgram } from "./find-executable.js";

/** Whether a child can be pinned to a processor here: on Linux, where `taskset` is on the PATH. */
export function hasTaskset(path = process.env.PATH ?? ""): boolean {
  return process.platform === "linux" && findProgram(["taskset"], { path }) !== null;
}

/** `command` (program, then arguments) as it runs on `processor` only; as it is when that is null or can't be had. */
export function pinned(command: readonly string[], processor: number | null): string[] {
  // taskset replaces itself by the program: pid, stdio and an IPC channel stay the same.
  return processor === null || !hasTaskset()
    ? [...command]
    : ["taskset", "-c", String(processor), ...command];
}

/** Numbers of the processors that this process may run on; empty where the system does not tell. */
export function allowedProcessors(status = readStatus()): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
  if (list === undefined) return [];
  return list.split(",").flatMap((range) => {
    const [first, last = first] = range.split("-").map(Number) as [number, number?];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

function readStatus(): string {
  try {
    return readFileSync("/proc/self/status", "utf8");
  } catch {
    return "";
  }
}
