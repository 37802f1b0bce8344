import { parentPort, workerData } from "node:worker_threads";
import { type EntryMessage, failedMessage } from "./entry-message.js";
import { type ServeOptions, startServers } from "./serve.js";

// The thread's own entry: `workerData` are the options, any message asks it to close.
if (parentPort === null)
  throw new Error("worker.js runs in a worker thread; main.js is the standalone server.");
const port = parentPort;
const tell = (message: EntryMessage) => port.postMessage(message);

try {
  const servers = await startServers(workerData as ServeOptions);
  port.once("message", async () => {
    await servers.close();
    port.close();
  });
  tell({ type: "listening", restUrl: servers.restUrl, grpcAddress: servers.grpcAddress });
} catch (error) {
  tell(failedMessage(error));
  port.close();
}
