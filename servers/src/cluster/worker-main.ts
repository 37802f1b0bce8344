import { failedMessage, listeningMessage } from "../entry-message.js";
import { type RunningServers, startServersAs } from "../serve.js";
import type { WorkerMessage, WorkerRequest } from "./messages.js";

// A worker process: Node ends it when its primary is gone. Ctrl-C reaches it as well, and must not be taken for its death.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

const tell = (message: WorkerMessage) => process.send?.(message);
let servers: RunningServers | undefined;

process.on("message", async (request: WorkerRequest) => {
  if (request.type === "plant-delay") {
    servers?.plantDelay(request.delayUs);
    tell({ type: "delay-planted" });
    return;
  }
  try {
    servers = await startServersAs(request.identity, request.options);
    tell(listeningMessage(servers));
  } catch (error) {
    tell(failedMessage(error));
  }
});

tell({ type: "ready" });
