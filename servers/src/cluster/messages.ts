import type { EntryMessage, EntryRequest } from "../entry-message.js";
import type { ServeOptions } from "../serve.js";
import type { Identity } from "../tls/identity.js";

/** What a worker process says: that it listens to messages, as those before would be lost, then what every entry says. */
export type WorkerMessage = { readonly type: "ready" } | EntryMessage;

/** What it is asked: first what to serve, and with whose certificate. */
export type WorkerRequest =
  | { readonly type: "serve"; readonly options: ServeOptions; readonly identity: Identity | null }
  | EntryRequest;
