import { createServer, type Socket } from "node:net";
import { listenOn } from "../listening.js";
import type { ServingOptions } from "../served-work.js";
import { InvalidRequest } from "../work/invalid-request.js";
import { incrementBytes, int32Bytes } from "./int32.js";
import { serveRung } from "./rung-process.js";

/** The lowest rung: numbers over TCP, four bytes each way; one without a next one ends the connection, which has no word for errors. */
await serveRung("rest", (bind, options) =>
  listenOn(
    createServer({ noDelay: true }, (socket) => serve(socket, options)),
    bind,
    "REST",
  ),
);

function serve(socket: Socket, { plantedDelay }: ServingOptions): void {
  let waiting: Buffer = Buffer.alloc(0);
  // A client that hangs up has ended its connection, and nothing else.
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    waiting = waiting.byteLength === 0 ? chunk : Buffer.concat([waiting, chunk]);
    while (waiting.byteLength >= int32Bytes) {
      plantedDelay.wait();
      const answer = answerOrNull(waiting.subarray(0, int32Bytes));
      if (answer === null) {
        socket.destroy();
        return;
      }
      waiting = waiting.subarray(int32Bytes);
      socket.write(answer);
    }
  });
}

function answerOrNull(number: Buffer): Buffer | null {
  try {
    return incrementBytes(number);
  } catch (error) {
    if (error instanceof InvalidRequest) return null;
    throw error;
  }
}
