import { createServer } from "node:net";
import { type Server, ServerCredentials } from "@grpc/grpc-js";
import { type Bind, listenError } from "../listen-error.js";
import { formatAddress, type Listening } from "../listening.js";

/** Starts `server` on `bind`; rejects with a `ListenError`. */
export async function listenGrpc(server: Server, bind: Bind): Promise<Listening> {
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
