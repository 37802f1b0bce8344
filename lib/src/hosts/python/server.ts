import type { ChildProcessWithoutNullStreams } from "node:child_process";
import type { EntryMessage, EntryRequest } from "@wirelab/servers";
import { WirelabError } from "../../errors.js";
import { defaultStartTimeoutMs, describeDeath } from "../first-message.js";
import type { Host, HostOptions, ServerDeath } from "../host.js";
import { lastLines } from "../last-lines.js";
import type { PythonProgram } from "../program.js";
import { startedHost } from "../started-host.js";
import { requirePython } from "./find.js";
import { lineMessages } from "./line-messages.js";
import { spawnPython } from "./spawn.js";

/** What a Python server is started with. */
export interface PythonServerOptions
  extends Pick<HostOptions, "processor" | "maxMessageBytes" | "workers" | "startTimeoutMs"> {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Names of the works to serve; default all that Python has. A server loads only what these need. */
  readonly works?: readonly string[];
}

/** A server of one of the posts' stacks. */
export type PythonHost = Host & Required<Pick<Host, "count">>;

/** What it says and is asked beyond what every server is. */
type PythonMessage = EntryMessage | { readonly type: "counted"; readonly calls: number };
type PythonRequest = EntryRequest | { readonly type: "count" };

/** How long it may take to go by itself before it is killed. */
const graceMs = 2_000;

/**
 * Starts a server of one of the posts' stacks in a process of its own, which ends when this one does, however that
 * happens. Rejects with a `WirelabError`: `missing-tool` where the stacks are not set up, else as `startChild` does.
 *
 * @example
 * const host = await startPythonServer("flask", { works: ["increment"] });
 * console.log(host.endpoints.restUrl, await host.count());
 * await host.stop();
 */
export async function startPythonServer(
  program: PythonProgram,
  options: PythonServerOptions = {},
): Promise<PythonHost> {
  const stacks = await requirePython();
  const { processor = null } = options;
  const args = serverArguments(program, options);
  const child = spawnPython(stacks, { module: "serving", args, processor });
  const ended = endOf(child);
  const nextMessage = lineMessages<PythonMessage>(child.stdout);
  const ask = (request: PythonRequest) => child.stdin.write(`${JSON.stringify(request)}\n`);
  const host = await startedHost({
    kind: "child",
    where: `child process (${program})`,
    byItself: `\`${stacks.python} -m serving --program ${program}\` in servers/python`,
    pids: { rest: child.pid ?? null, grpc: child.pid ?? null, missing: null },
    timeoutMs: options.startTimeoutMs ?? defaultStartTimeoutMs,
    nextMessage: nextMessage as () => Promise<EntryMessage>,
    ask,
    ended,
    end: () => end(child, ended),
  });
  const count = async () => {
    ask({ type: "count" });
    const answer = await Promise.race([nextMessage(), ended]);
    if ("type" in answer && answer.type === "counted") return answer.calls;
    const why = "type" in answer ? `it said "${answer.type}"` : describeDeath(answer);
    throw new WirelabError(
      "server-failed",
      `The server (${program}) did not say how many calls it was asked: ${why}.`,
    );
  };
  return { ...host, count };
}

function serverArguments(
  program: PythonProgram,
  { port = 0, works, workers, maxMessageBytes }: PythonServerOptions,
): string[] {
  return [
    ["--program", program],
    ["--port", port],
    ["--works", works?.join(",")],
    ["--workers", workers],
    ["--max-message", maxMessageBytes],
  ].flatMap(([name, value]) => (value === undefined ? [] : [String(name), String(value)]));
}

/** Its end, when all that it and its workers said has arrived. */
function endOf(child: ChildProcessWithoutNullStreams): Promise<ServerDeath> {
  const words = lastLines(child.stderr);
  return new Promise((resolve) => {
    child.once("close", (exitCode, signal) => resolve({ exitCode, signal, lastWords: words() }));
    child.once("error", (error) => resolve({ exitCode: null, signal: null, lastWords: error.message }));
  });
}

async function end(child: ChildProcessWithoutNullStreams, ended: Promise<ServerDeath>): Promise<void> {
  child.stdin.end();
  const timer = setTimeout(() => killAll(child), graceMs);
  await ended;
  clearTimeout(timer);
}

/** With its workers: they are of its process group, since it was started detached. */
function killAll({ pid }: ChildProcessWithoutNullStreams): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // They have gone meanwhile.
  }
}
