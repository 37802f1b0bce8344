import { type ChildProcess, fork } from "node:child_process";
import { childEnvironment } from "./child-environment.js";
import { pinned } from "./processor.js";

/** How a child is forked. */
export interface ForkOptions {
  readonly args?: readonly string[];
  /** Processor to pin it to, where `hasTaskset()`; null leaves it to the system. */
  readonly processor?: number | null;
  /** The Node that it runs on; default: this one. */
  readonly node?: string;
}

/**
 * Forks `modulePath` with a clean environment, an IPC channel and stderr as a pipe.
 *
 * Detached, because Jupyter signals a kernel's whole process group at an interrupt, and a server must outlive the
 * moment in which its run is wound up. So it is the child's part to exit when its IPC channel closes, which also
 * happens when this process is killed.
 */
export function forkClean(
  modulePath: string,
  { args = [], processor = null, node = process.execPath }: ForkOptions = {},
): ChildProcess {
  const [execPath = node, ...execArgv] = pinned([node], processor);
  return fork(modulePath, args, {
    execPath,
    execArgv,
    env: childEnvironment(),
    detached: true,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}
