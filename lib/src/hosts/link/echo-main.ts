import { createServer } from "node:net";
import { parentPort } from "node:worker_threads";
import { listenOn } from "./relay.js";

// In a thread of its own, as a server would be: what waking it takes is part of every round trip.
const server = createServer({ noDelay: true }, (socket) => {
  socket.on("data", (chunk) => socket.write(chunk));
  socket.on("error", () => {});
});
parentPort?.postMessage(await listenOn(server, 0));
