import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { childEnvironment } from "../child-environment.js";
import { pinned } from "../processor.js";
import type { ReadyStacks } from "./find.js";
import { pythonFolder } from "./places.js";

/** What of `servers/python` is run, and how. */
export interface ModuleOptions {
  /** Like `serving`. */
  readonly module: string;
  readonly args: readonly string[];
  /** Processor to pin it to, where `hasTaskset()`; null leaves it to the system. */
  readonly processor: number | null;
}

/**
 * Starts a module of `servers/python` with a clean environment and pipes.
 *
 * Detached for the reason that `forkClean` gives, so it is the module's part to end when its standard input closes.
 */
export function spawnPython(
  { python }: ReadyStacks,
  { module, args, processor }: ModuleOptions,
): ChildProcessWithoutNullStreams {
  const [command = python, ...rest] = pinned([python, "-m", module, ...args], processor);
  const child = spawn(command, rest, {
    cwd: pythonFolder,
    env: childEnvironment(),
    detached: true,
    stdio: "pipe",
  });
  // What is asked of a process that has just ended; its end is told in another way.
  child.stdin.on("error", () => {});
  return child;
}
