import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

/** How many bytes a connection carries. */
export interface BytesRequest {
  readonly bytes: number;
}

/** Ports of 127.0.0.1: one takes the bytes and answers one, one is given a byte and answers with them. */
export interface BytesPorts {
  readonly sink: number;
  readonly source: number;
}

const { bytes } = workerData as BytesRequest;
const chunk = Buffer.alloc(2 ** 16);

async function listen(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => {});
    onSocket(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function takeAll(socket: Socket): void {
  let left = bytes;
  socket.on("data", ({ length }) => {
    left -= length;
    if (left <= 0) socket.end("!");
  });
}

function giveAll(socket: Socket): void {
  socket.once("data", async () => {
    for (let left = bytes; left > 0; left -= chunk.length) {
      if (!socket.write(chunk.subarray(0, left))) await once(socket, "drain");
    }
    socket.end();
  });
}

const ports: BytesPorts = { sink: await listen(takeAll), source: await listen(giveAll) };
parentPort?.postMessage(ports);
