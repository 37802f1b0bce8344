import { createServer, type Server as HttpServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { type Bind, listenError } from "../listen-error.js";
import type { Listening } from "../listening.js";

/**
 * How long an idle connection stays open. Node's 5 s is shorter than the rounds of other arms between two rounds of
 * one, and a client that sends just as the server closes sees a reset. Ten minutes is longer than any pause in a run,
 * and Node announces it (`Keep-Alive: timeout=600`), so a client that listens closes first.
 */
const keepAliveMs = 600_000;

/** Starts HTTP/1.1 with `listener` on `bind`; rejects with a `ListenError`. */
export async function listenRest(listener: RequestListener, bind: Bind): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: keepAliveMs }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenError("REST", bind, error)));
    server.listen({ port: bind.port, host: bind.host }, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => closeRest(server) };
}

function closeRest(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
