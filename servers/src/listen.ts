import { createServer, type Server as HttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createNetServer } from "node:net";
import { type Server as GrpcServer, ServerCredentials } from "@grpc/grpc-js";
import { type Bind, listenError } from "./listen-error.js";

/** A protocol that listens: where, and how to end it at once. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

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

/** Starts `server` on `bind`; rejects with a `ListenError`. */
export async function listenGrpc(server: GrpcServer, bind: Bind): Promise<Listening> {
  // grpc-js writes a line of its own to stderr when a port is taken; so ask Node first, which only throws.
  if (bind.port !== 0) await tryPort(bind);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(
      formatAddress(bind.host, bind.port),
      ServerCredentials.createInsecure(),
      (error, boundPort) => {
        if (error === null) resolve(boundPort);
        else reject(listenError("gRPC", bind, error));
      },
    );
  });
  return { port, close: () => closeGrpc(server) };
}

async function tryPort(bind: Bind): Promise<void> {
  const probe = createNetServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", (error) => reject(listenError("gRPC", bind, error)));
    probe.listen({ port: bind.port, host: bind.host }, resolve);
  });
  await new Promise<void>((resolve) => probe.close(() => resolve()));
}

// tryShutdown tells when the port is free, forceShutdown does not wait for calls that are under way: together both.
function closeGrpc(server: GrpcServer): Promise<void> {
  return new Promise((resolve) => {
    server.tryShutdown(() => resolve());
    server.forceShutdown();
  });
}

/** `host:port`, an IPv6 address in brackets. */
export function formatAddress(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
