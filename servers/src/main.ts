import { parseServeArguments } from "./arguments.js";
import type { RunningWorkers } from "./cluster/primary.js";
import { runEntry } from "./entry-process.js";
import type { RunningServers } from "./serve.js";

// Workers that outlived this process, if only for a moment, would stay as zombies where nobody collects orphans.
let endWorkers = async () => {};

/** What feeds workers with connections loads no protocol itself. */
async function start(): Promise<RunningServers | RunningWorkers> {
  const { workers, ...options } = parseServeArguments(process.argv.slice(2));
  if (workers === 1) return (await import("./serve.js")).startServers(options);
  const servers = await (await import("./cluster/primary.js")).startWorkers(options, workers);
  endWorkers = servers.close;
  servers.died.then(async (how) => {
    console.error(`A worker of the server ended (${how}), and the server with it.`);
    await servers.close();
    process.exit(1);
  });
  return servers;
}

await runEntry({ start, onDisconnect: () => endWorkers() });
