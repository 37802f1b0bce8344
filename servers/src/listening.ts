import type { AddressInfo, Server } from "node:net";
import { type Bind, listenError } from "./listen-error.js";
import { OpenSockets } from "./open-sockets.js";

/** A protocol that listens: where, and how to end it at once. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a server of Node's own on `bind`; rejects with a `ListenError` that names `protocol`. */
export async function listenOn(server: Server, bind: Bind, protocol: "REST" | "gRPC"): Promise<Listening> {
  const sockets = new OpenSockets();
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenError(protocol, bind, error)));
    server.listen({ port: bind.port, host: bind.host }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.destroy();
      }),
  };
}

/** `host:port`, an IPv6 address in brackets. */
export function formatAddress(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
