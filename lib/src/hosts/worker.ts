import { Worker } from "node:worker_threads";
import { type EntryMessage, type ServeOptions, workerPath } from "@wirelab/servers";
import { childEnvironment } from "./child-environment.js";
import { defaultStartTimeoutMs } from "./first-message.js";
import { type Host, type HostOptions, type ServerDeath, sharedProcess } from "./host.js";
import { lastLines } from "./last-lines.js";
import { serveOptions } from "./serve-options.js";
import { startedHost } from "./started-host.js";

/** Starts both servers in a worker thread of this process; rejects as `startChild` does. */
export function startWorker(options: HostOptions = {}, entryPath: string = workerPath): Promise<Host> {
  const workerData: ServeOptions = serveOptions(options);
  const worker = new Worker(entryPath, { workerData, env: childEnvironment(), execArgv: [], stderr: true });
  return startedHost({
    kind: "worker",
    where: "worker thread",
    byItself: "`wirelab servers`",
    pids: sharedProcess,
    timeoutMs: options.startTimeoutMs ?? defaultStartTimeoutMs,
    nextMessage: () => new Promise<EntryMessage>((resolve) => worker.once("message", resolve)),
    ask: (request) => worker.postMessage(request),
    ended: endOf(worker),
    end: async () => {
      await worker.terminate();
    },
  });
}

function endOf(worker: Worker): Promise<ServerDeath> {
  const words = lastLines(worker.stderr);
  let thrown = "";
  worker.once("error", (error) => {
    thrown = error instanceof Error ? error.message : String(error);
  });
  return new Promise((resolve) => {
    worker.once("exit", (exitCode) => resolve({ exitCode, signal: null, lastWords: thrown || words() }));
  });
}
