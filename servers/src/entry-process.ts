import { type EntryMessage, type EntryRequest, failedMessage, listeningMessage } from "./entry-message.js";
import type { Addresses } from "./serve.js";
import { WrongOption } from "./wrong-option.js";

/** Servers that listen, as their process knows them: its own, or those of its workers. */
interface EntryServers extends Addresses {
  plantDelay(delayUs: number): void | Promise<void>;
  close(): Promise<void>;
}

/** What a process of servers does besides serving. */
interface EntryProcess {
  /** Starts them; what it throws is told, and ends the process. */
  start(): Promise<EntryServers>;
  /** Ends what must not outlive this process, when whoever forked it is gone. Default: nothing. */
  onDisconnect?(): Promise<void>;
}

/** Runs servers as the whole of this process: tells whoever forked it how the start went, obeys it, and ends with it. */
export async function runEntry({ start, onDisconnect }: EntryProcess): Promise<void> {
  // Express looks at this when it is loaded, and in development it answers errors with a stack trace.
  process.env.NODE_ENV = "production";
  // Whoever forked this process may be gone, however it ended: then nobody is left to stop it, or to tell anything.
  process.on("disconnect", async () => {
    await onDisconnect?.();
    process.exit();
  });
  try {
    const servers = await start();
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
}

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
