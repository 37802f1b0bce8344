import { parseServeArguments, type StandaloneOptions } from "./arguments.js";
import type { RunningWorkers } from "./cluster/primary.js";
import { type EntryMessage, type EntryRequest, failedMessage, listeningMessage } from "./entry-message.js";
import type { Addresses, RunningServers } from "./serve.js";
import { WrongOption } from "./wrong-option.js";

// Express looks at this when it is loaded, and in development it answers errors with a stack trace.
process.env.NODE_ENV = "production";

// Workers that outlived this process, if only for a moment, would stay as zombies where nobody collects orphans.
let endWorkers = async () => {};

// Whoever forked this process may be gone, however it ended: then nobody is left to stop it, or to tell anything.
process.on("disconnect", async () => {
  await endWorkers();
  process.exit();
});

function tell(message: EntryMessage): void {
  if (process.send !== undefined) {
    process.send(message);
  } else if (message.type === "listening") {
    console.log(`${announcement(message)}; Ctrl-C ends the server.`);
  } else if (message.type === "failed") {
    console.error(message.message);
  }
}

function announcement({ restUrl, grpcAddress }: Addresses): string {
  const rest = restUrl === null ? [] : [`REST on ${restUrl}`];
  const grpc = grpcAddress === null ? [] : [`gRPC on ${grpcAddress}`];
  return [...rest, ...grpc].join(", ");
}

/** What feeds workers with connections loads no protocol itself. */
async function start({ workers, ...options }: StandaloneOptions): Promise<RunningServers | RunningWorkers> {
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

try {
  const servers = await start(parseServeArguments(process.argv.slice(2)));
  const end = async () => {
    await servers.close();
    process.exit(0);
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  process.on("message", async ({ delayUs }: EntryRequest) => {
    await servers.plantDelay(delayUs);
    tell({ type: "delay-planted" });
  });
  tell(listeningMessage(servers));
} catch (error) {
  process.exitCode = error instanceof WrongOption ? 2 : 1;
  tell(failedMessage(error));
  if (process.connected) process.disconnect();
}
