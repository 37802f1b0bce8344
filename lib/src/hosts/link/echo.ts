import { connect, createServer, type Server, type Socket } from "node:net";
import type { Target } from "./relay.js";

/** A server on loopback that sends back what it gets. */
export function startEcho(): Promise<{ server: Server; port: number }> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    socket.pipe(socket);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
      resolve({ server, port: address.port });
    });
  });
}

/** Round trips of a few bytes to an echo, one after another on one connection, in ms; connecting is not in them. */
export async function pingEcho(target: Target, count: number): Promise<number[]> {
  const socket = connect({ ...target, noDelay: true });
  try {
    // The first one waits for the handshake.
    await roundTrip(socket);
    const tookMs: number[] = [];
    for (let i = 0; i < count; i++) tookMs.push(await roundTrip(socket));
    return tookMs;
  } finally {
    socket.destroy();
  }
}

function roundTrip(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedAtMs = performance.now();
    const onData = () => {
      socket.off("error", reject);
      resolve(performance.now() - startedAtMs);
    };
    socket.once("data", onData).once("error", reject);
    socket.write("ping");
  });
}
