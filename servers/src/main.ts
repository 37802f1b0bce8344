import { parseServeArguments } from "./arguments.js";
import { type EntryMessage, type EntryRequest, failedMessage, listeningMessage } from "./entry-message.js";
import type { Addresses } from "./serve.js";
import { WrongOption } from "./wrong-option.js";

// Express looks at this when it is loaded, and in development it answers errors with a stack trace.
process.env.NODE_ENV = "production";

// Whoever forked this process may be gone, however it ended: then nobody is left to stop it, or to tell anything.
process.on("disconnect", () => process.exit());

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

try {
  const options = parseServeArguments(process.argv.slice(2));
  const { startServers } = await import("./serve.js");
  const servers = await startServers(options);
  const end = async () => {
    await servers.close();
    process.exit(0);
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  process.on("message", ({ delayUs }: EntryRequest) => {
    servers.plantDelay(delayUs);
    tell({ type: "delay-planted" });
  });
  tell(listeningMessage(servers));
} catch (error) {
  process.exitCode = error instanceof WrongOption ? 2 : 1;
  tell(failedMessage(error));
  if (process.connected) process.disconnect();
}
