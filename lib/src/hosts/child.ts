import type { ChildProcess } from "node:child_process";
import { type EntryMessage, mainPath } from "@wirelab/servers";
import { defaultStartTimeoutMs } from "./first-message.js";
import { forkClean } from "./fork-clean.js";
import type { Host, HostOptions, ServerDeath } from "./host.js";
import { lastLines } from "./last-lines.js";
import { serveArguments } from "./serve-options.js";
import { startedHost } from "./started-host.js";

/** How long a child may take to go by itself before it is killed. */
const graceMs = 2_000;

/**
 * Starts both servers in a process of their own, which ends when this one does, however that happens.
 * Rejects with a `WirelabError`: `port-in-use`, or `server-failed` with what the child said.
 */
export function startChild(options: HostOptions = {}, entryPath: string = mainPath): Promise<Host> {
  const { processor = null, node } = options;
  const child = forkClean(entryPath, {
    args: serveArguments(options),
    processor,
    ...(node !== undefined && { node }),
  });
  const ended = endOf(child);
  return startedHost({
    kind: "child",
    where: "child process",
    byItself: "`wirelab servers`",
    pids: { rest: child.pid ?? null, grpc: child.pid ?? null, missing: null },
    timeoutMs: options.startTimeoutMs ?? defaultStartTimeoutMs,
    nextMessage: () =>
      new Promise<EntryMessage>((resolve) => child.once("message", (it) => resolve(it as EntryMessage))),
    ask: (request) => child.send(request),
    ended,
    end: () => end(child, ended),
  });
}

// Not the child's "close": Node leaves it out after `disconnect()`. What it said is complete when stderr has closed;
// neither event comes when nothing could be started.
function endOf(child: ChildProcess): Promise<ServerDeath> {
  const { stderr } = child;
  if (stderr === null) throw new Error("a forked server has its stderr as a pipe");
  const words = lastLines(stderr);
  const silent = new Promise((resolve) => stderr.once("close", resolve));
  return new Promise((resolve) => {
    child.once("exit", async (exitCode, signal) => {
      await silent;
      resolve({ exitCode, signal, lastWords: words() });
    });
    // Also told of a message that comes too late to be sent, which its end explains.
    child.on("error", (error) => {
      if (child.pid === undefined) resolve({ exitCode: null, signal: null, lastWords: error.message });
    });
  });
}

async function end(child: ChildProcess, ended: Promise<ServerDeath>): Promise<void> {
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await ended;
  clearTimeout(timer);
}
