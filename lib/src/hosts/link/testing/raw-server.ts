import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import type { BothEndpoints } from "../../host.js";
import { listenOn } from "../relay.js";

/** A TCP server on a free port of 127.0.0.1 that lets a test handle each connection. */
export interface RawServer {
  readonly endpoints: BothEndpoints;
  /** The next connection. */
  accepted(): Promise<Socket>;
  close(): Promise<void>;
}

/** Starts one; it stands for both protocols, and leaves half-closed connections open. */
export async function startRawServer(onSocket: (socket: Socket) => void = () => {}): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    onSocket(socket);
  });
  const port = await listenOn(server, 0);
  return {
    endpoints: { restUrl: `http://127.0.0.1:${port}`, grpcAddress: `127.0.0.1:${port}` },
    accepted: async () => ((await once(server, "connection")) as [Socket])[0],
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
