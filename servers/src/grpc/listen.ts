import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createServer, type Socket } from "node:net";
import { type Server, ServerCredentials } from "@grpc/grpc-js";
import { type Bind, listenError } from "../listen-error.js";
import { formatAddress, type Listening } from "../listening.js";
import { OpenSockets } from "../open-sockets.js";
import type { Identity } from "../tls/identity.js";

/** Starts `server` on `bind`, over TLS as `identity` if there is one; rejects with a `ListenError`. */
export async function listenGrpc(
  server: Server,
  bind: Bind,
  identity: Identity | null = null,
): Promise<Listening> {
  // grpc-js writes a line of its own to stderr when a port is taken; so ask Node first, which only throws.
  if (bind.port !== 0) await tryPort(bind);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(formatAddress(bind.host, bind.port), credentialsOf(identity), (error, boundPort) => {
      if (error === null) resolve(boundPort);
      else reject(listenError("gRPC", bind, error));
    });
  });
  const sockets = new OpenSockets();
  const forget = onConnection(port, (socket) => sockets.add(socket));
  return {
    port,
    close: async () => {
      const closed = closeGrpc(server);
      sockets.destroy();
      await closed;
      forget();
    },
  };
}

const connections = "net.server.socket";

/** grpc-js tells nobody of its connections, but Node does. The function that comes back ends it. */
function onConnection(port: number, tell: (socket: Socket) => void): () => void {
  const listener = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    if (socket.localPort === port) tell(socket);
  };
  subscribe(connections, listener);
  return () => {
    unsubscribe(connections, listener);
  };
}

function credentialsOf(identity: Identity | null): ServerCredentials {
  if (identity === null) return ServerCredentials.createInsecure();
  const pair = { cert_chain: Buffer.from(identity.certificate), private_key: Buffer.from(identity.key) };
  return ServerCredentials.createSsl(null, [pair]);
}

async function tryPort(bind: Bind): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", (error) => reject(listenError("gRPC", bind, error)));
    probe.listen({ port: bind.port, host: bind.host }, resolve);
  });
  await new Promise<void>((resolve) => probe.close(() => resolve()));
}

// tryShutdown tells when the port is free, forceShutdown does not wait for calls that are under way: together both.
function closeGrpc(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.tryShutdown(() => resolve());
    server.forceShutdown();
  });
}
