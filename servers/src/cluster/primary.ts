import cluster, { type Worker } from "node:cluster";
import { fileURLToPath } from "node:url";
import { failureOf } from "../entry-message.js";
import { type Addresses, checkServeOptions, identityOf, type ServeOptions } from "../serve.js";
import type { WorkerMessage, WorkerRequest } from "./messages.js";

/** Servers whose ports several processes share. */
export interface RunningWorkers extends Addresses {
  /** Adds busy waiting to every later call of every worker, in µs; 0 ends it. Resolves when all have it. */
  plantDelay(delayUs: number): Promise<void>;
  /** Ends all workers at once; safe to call twice. */
  close(): Promise<void>;
  /** Settles only if a worker ends without `close()`, with how, as the end of a sentence. */
  readonly died: Promise<string>;
}

// Forked, so it has to be the built file; `src/cluster/` and `dist/cluster/` are equally deep.
const entryPath = fileURLToPath(new URL("../../dist/cluster/worker-main.js", import.meta.url));

/**
 * Serves the same from `count` processes, which this one feeds with connections in turn: each stays with its worker. Rejects
 * as `startServers` does, and then leaves none running; none outlives this process.
 */
export async function startWorkers(options: ServeOptions, count: number): Promise<RunningWorkers> {
  checkServeOptions(options);
  // One certificate for all, since clients trust one.
  const identity = await identityOf(options);
  cluster.setupPrimary({ exec: entryPath, args: [] });
  // Left to the system, which worker gets a connection would be a matter of luck, and of the platform.
  cluster.schedulingPolicy = cluster.SCHED_RR;
  const workers = Array.from({ length: count }, () => cluster.fork());
  const ends = workers.map(endOf);
  const kill = () => {
    for (const worker of workers) worker.process.kill("SIGKILL");
  };
  process.once("exit", kill);
  let closing = false;
  const close = async () => {
    closing = true;
    kill();
    await Promise.all(ends);
    process.off("exit", kill);
  };
  const firstEnd = Promise.race(ends);
  try {
    const { tls: _, ...plain } = options;
    const request = { type: "serve", options: plain, identity } as const;
    const listening = Promise.all(workers.map((worker) => serve(worker, request)));
    const [addresses] = await Promise.race([listening, rejection(firstEnd)]);
    if (addresses === undefined) throw new Error("there are no servers without workers");
    return {
      ...addresses,
      plantDelay: async (delayUs) => {
        await Promise.all(workers.map((worker) => ask(worker, { type: "plant-delay", delayUs })));
      },
      close,
      died: new Promise((resolve) => {
        firstEnd.then((how) => {
          if (!closing) resolve(how);
        });
      }),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function endOf(worker: Worker): Promise<string> {
  // Told of a message that comes too late to be sent, too; its end explains that.
  worker.on("error", () => {});
  return new Promise((resolve) => {
    worker.once("exit", (code, signal) => resolve(signal ? `killed by ${signal}` : `exit status ${code}`));
  });
}

/** What the worker says next; nothing if it ends before. */
function nextMessage(worker: Worker): Promise<WorkerMessage> {
  return new Promise((resolve) => worker.once("message", resolve));
}

function ask(worker: Worker, request: WorkerRequest): Promise<WorkerMessage> {
  const answer = nextMessage(worker);
  worker.send(request, () => {});
  return answer;
}

async function serve(worker: Worker, request: WorkerRequest): Promise<Addresses> {
  await nextMessage(worker);
  const message = await ask(worker, request);
  if (message.type === "listening") return message;
  throw message.type === "failed" ? failureOf(message) : new Error(`a worker began with "${message.type}"`);
}

async function rejection(ended: Promise<string>): Promise<never> {
  throw new Error(`A worker of the server ended before it listened (${await ended}).`);
}
