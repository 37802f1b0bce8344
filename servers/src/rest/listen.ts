import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Bind } from "../listen-error.js";
import { type Listening, listenOn } from "../listening.js";
import type { Identity } from "../tls/identity.js";

/**
 * How long an idle connection stays open. Node's 5 s is shorter than the rounds of other arms between two rounds of
 * one, and a client that sends just as the server closes sees a reset. Ten minutes is longer than any pause in a run,
 * and Node announces it (`Keep-Alive: timeout=600`), so a client that listens closes first.
 */
const keepAliveMs = 600_000;

/** Starts HTTP/1.1 with `listener` on `bind`, over TLS as `identity` if there is one; rejects with a `ListenError`. */
export function listenRest(
  listener: RequestListener,
  bind: Bind,
  identity: Identity | null = null,
): Promise<Listening> {
  const options = { keepAliveTimeout: keepAliveMs };
  const server =
    identity === null
      ? createServer(options, listener)
      : createTlsServer({ ...options, cert: identity.certificate, key: identity.key }, listener);
  return listenOn(server, bind, "REST");
}
