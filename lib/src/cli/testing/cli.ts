import { type ChildProcessByStdio, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const wirelab = fileURLToPath(new URL("../../../bin/wirelab.js", import.meta.url));

/** How a command ended, and what it wrote. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface RunningCli {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<Ended>;
  /** The output so far, from the moment that `pattern` matches it; rejects if the command ends before. */
  seen(stream: "stdout" | "stderr", pattern: RegExp): Promise<string>;
  /** Processes that this command has started, itself included, and that still run (Linux; elsewhere none). */
  left(): number[];
}

/** Where a command is run, and which; default the built one of this project. */
interface CliOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly command?: string;
}

/** Starts the built command in a process of its own, as a user would; it is killed when the test ends. */
export function startCli(
  args: readonly string[],
  { env = {}, cwd, command = wirelab }: CliOptions = {},
): RunningCli {
  const mark = `WIRELAB_TEST_MARK=${randomUUID()}`;
  const child = spawn(process.execPath, [command, ...args], {
    env: { ...process.env, ...env, WIRELAB_TEST_MARK: mark.split("=")[1] },
    stdio: ["ignore", "pipe", "pipe"],
    ...(cwd !== undefined && { cwd }),
  });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      printed[name] += text;
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (exitCode) => resolve({ exitCode, ...printed }));
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const seen: RunningCli["seen"] = (stream, pattern) =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (pattern.test(printed[stream])) resolve(printed[stream]);
      };
      child[stream].on("data", look);
      void ended.then((end) => reject(new Error(`ended before ${pattern}: ${JSON.stringify(end)}`)));
      look();
    });
  return { child, ended, seen, left: () => processesWith(mark) };
}

/** Runs the built command to its end. */
export function cli(args: readonly string[], options?: CliOptions): Promise<Ended> {
  return startCli(args, options).ended;
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "wirelab-cli-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Processes that have this `NAME=value` in their environment (Linux; elsewhere none). */
export function processesWith(mark: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => variablesOf(pid).includes(mark))
    .map(Number);
}

function variablesOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}
