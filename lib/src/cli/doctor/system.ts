import { spawn } from "node:child_process";
import { existsSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import { availableParallelism } from "node:os";
import { dirname, resolve } from "node:path";
import { type PortUser, portUsers } from "../../hosts/port-users.js";
import { openFilesLimit } from "../../hosts/process-limits.js";
import { startKernel } from "../../notebook/kernel/kernel.js";
import type { Limits } from "./limits.js";
import type { PortState } from "./ports.js";

const commandTimeoutMs = 15_000;

/** Runs a command and gives the first line it prints; null when it isn't there, fails silently, or takes too long. */
export function firstLine(command: string, args: readonly string[]): Promise<string | null> {
  return new Promise((done) => {
    // Not spawn's own `timeout`: of a command that isn't there, Node never clears it, and would not end before it has passed.
    const signal = AbortSignal.timeout(commandTimeoutMs);
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], signal });
    const printed = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].on("data", (chunk: Buffer) => {
        printed[name] += chunk.toString();
      });
    }
    child.once("error", () => done(null));
    child.once("close", (code) => {
      // Some print their version on standard error; one that starts through a script may complain there as well.
      const line = firstOf(printed.stdout) ?? firstOf(printed.stderr);
      // wrk prints its version and fails; a shim or a shell that finds nothing says so with 127.
      done(line === undefined || code === null || code === 126 || code === 127 ? null : line);
    });
  });
}

function firstOf(printed: string): string | undefined {
  return printed
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "");
}

/** Runs one cell in a fresh TypeScript kernel; rejects with the reason when that does not work. */
export async function tryKernel(): Promise<string> {
  const kernel = await startKernel({ folder: process.cwd() });
  try {
    const result = await kernel.execute("const one: number = 1;", { timeoutMs: 20_000 });
    if (result.status !== "ok") throw new Error(result.reason);
    return "runs a cell";
  } finally {
    await kernel.stop();
  }
}

/** Tries to listen on a port of 127.0.0.1. */
export function portState(port: number): Promise<PortState> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") done({ state: "refused", reason: error.code ?? error.message });
      else void portUsers(port).then(([user]) => done({ state: "used", by: user ? nameOf(user) : null }));
    });
    server.listen({ port, host: "127.0.0.1" }, () => server.close(() => done({ state: "free" })));
  });
}

function nameOf({ name, pid }: PortUser): string {
  return `${name} (${pid})`;
}

/** What the system lets this process use; `memoryBytes` as the run's environment says it. */
export function readLimits({ memoryBytes, runsFolder }: { memoryBytes: number; runsFolder: string }): Limits {
  return {
    openFiles: openFilesLimit(),
    cores: availableParallelism(),
    memoryBytes,
    diskFreeBytes: diskFree(runsFolder),
  };
}

/** A folder that is not there yet will be made on the disk of the nearest one that is. */
function diskFree(folder: string): number | null {
  let at = resolve(folder);
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  try {
    const { bavail, bsize } = statfsSync(at);
    return bavail * bsize;
  } catch {
    return null;
  }
}
