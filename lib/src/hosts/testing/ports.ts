import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { BothEndpoints } from "../host.js";

/** A port of 127.0.0.1 that something listens on, until released. */
export async function occupyPort(): Promise<{ port: number; release(): Promise<void> }> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A port of 127.0.0.1 that nothing listens on. */
export async function freePort(): Promise<number> {
  const { port, release } = await occupyPort();
  await release();
  return port;
}

/** The ports of both protocols, REST first. */
export function portsOf({ restUrl, grpcAddress }: BothEndpoints): readonly [rest: number, grpc: number] {
  return [Number(new URL(restUrl).port), Number(grpcAddress.slice(grpcAddress.lastIndexOf(":") + 1))];
}

/** Resolves when the connection is over, closed or reset: which of the two a server's end leads to is the system's. */
export function connectionEnd(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket
      .resume()
      .on("error", () => {})
      .once("close", () => resolve());
  });
}
