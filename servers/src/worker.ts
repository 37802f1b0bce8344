import { parentPort, workerData } from "node:worker_threads";
import { type EntryMessage, type EntryRequest, failedMessage, listeningMessage } from "./entry-message.js";
import { type ServeOptions, startServers } from "./serve.js";

// The thread's own entry: `workerData` are the options; whoever started it ends it by terminating it.
if (parentPort === null)
  throw new Error("worker.js runs in a worker thread; main.js is the standalone server.");
const port = parentPort;
const tell = (message: EntryMessage) => port.postMessage(message);

try {
  const servers = await startServers(workerData as ServeOptions);
  port.on("message", ({ delayUs }: EntryRequest) => {
    servers.plantDelay(delayUs);
    tell({ type: "delay-planted" });
  });
  tell(listeningMessage(servers));
} catch (error) {
  tell(failedMessage(error));
}
