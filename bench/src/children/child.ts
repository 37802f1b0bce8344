import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { childEnvironment } from "wirelab/dist/hosts/child-environment.js";
import { pinned } from "wirelab/dist/hosts/processor.js";

/** How a child process of the bench is run. */
export interface ChildOptions {
  /** Processor to pin it to; null leaves it to the system. */
  readonly processor?: number | null;
  /** Default: where the bench was started. */
  readonly cwd?: string;
  /** Variables besides those of the bench. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** A script that has sent its one message and goes on. */
export interface ChildScript<Reply> {
  readonly reply: Reply;
  /** Hangs up, upon which it ends. */
  stop(): void;
}

/**
 * Runs a script of this folder in a fresh Node with `request` as JSON in its first argument, and gives the one message
 * that it sends back. What it writes to standard output is read and thrown away.
 */
export async function askChild<Reply>(
  script: string,
  request: object,
  options: ChildOptions,
): Promise<Reply> {
  const { reply, stop } = await startChildScript<Reply>(script, request, options);
  stop();
  return reply;
}

/** The same of a script that goes on after its message, until it is stopped. */
export async function startChildScript<Reply>(
  script: string,
  request: object,
  options: ChildOptions,
): Promise<ChildScript<Reply>> {
  const path = fileURLToPath(new URL(`../../dist/children/${script}`, import.meta.url));
  const command = pinned([process.execPath, path, JSON.stringify(request)], options.processor ?? null);
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    env: childEnvironment(),
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    signal: options.signal,
  });
  child.stdout?.resume();
  const failed = once(child, "exit").then(([code, signal]) => {
    throw new Error(`${script} ended with ${signal ?? `exit code ${code}`} before it answered`);
  });
  const [reply] = await Promise.race([once(child, "message"), failed]);
  // It may well end after that.
  failed.catch(() => {});
  const stop = () => {
    if (child.connected) child.disconnect();
  };
  return { reply: reply as Reply, stop };
}

/** Runs a program to its end and gives what it wrote to standard output; rejects when it failed. */
export async function outputOf(
  program: string,
  args: readonly string[],
  options: ChildOptions,
): Promise<string> {
  return (await streamsOf(program, args, options)).stdout;
}

/** What a program wrote, and what it and its children took of processors, in ms. */
export interface TimedOutput {
  readonly output: string;
  readonly cpuMs: number;
}

/**
 * The same with its processor time, which the system counts when it has ended; Node does not tell it, bash does. Where it is
 * interrupted, only bash is: what it runs ends by itself.
 */
export async function timedOutputOf(
  program: string,
  args: readonly string[],
  options: ChildOptions,
): Promise<TimedOutput> {
  const timed = ["-c", 'TIMEFORMAT="cpu %3U %3S"; time "$@"', "bash", program, ...args];
  const { stdout, stderr } = await streamsOf("bash", timed, options);
  return { output: stdout, cpuMs: readTimes(stderr) };
}

/** User and system time of bash's last line, in ms; its decimal point is that of the language. */
export function readTimes(stderr: string): number {
  const [, user, system] = /cpu ([\d.,]+) ([\d.,]+)\s*$/.exec(stderr) ?? [];
  if (user === undefined || system === undefined) throw new Error(`bash told no processor time: ${stderr}`);
  return 1000 * [user, system].reduce((sum, text) => sum + Number(text.replace(",", ".")), 0);
}

function streamsOf(
  program: string,
  args: readonly string[],
  { processor = null, env = {}, ...where }: ChildOptions,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const [command = "", ...rest] = pinned([program, ...args], processor);
  const options = { ...where, env: { ...childEnvironment(), ...env }, maxBuffer: 2 ** 26 };
  return new Promise((resolve, reject) => {
    execFile(command, rest, options, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else reject(error);
    });
  });
}
