import type { ClientStart, RoundReport, RoundRequest, UsersRequest } from "./client.js";

/**
 * How a driver and a client process talk, so that a client in any language can take part. The driver writes one JSON
 * object a line to the client's standard input; the client writes frames (see `record/log/frame.ts`) to its standard
 * output. Commands are answered in order; `interrupt` and `stop` take effect at once.
 */
export type Command =
  | ({ readonly do: "start" } & ClientStart)
  | ({ readonly do: "open-users" } & UsersRequest)
  | ({ readonly do: "run" } & RoundRequest)
  | { readonly do: "interrupt" }
  | { readonly do: "stop" };

/** Headers of the frames a client sends, besides `calls` frames, which hold calls and come before their `round-end`. */
export type Reply =
  | { readonly type: "started" }
  | { readonly type: "users-opened" }
  | ({ readonly type: "round-end" } & RoundReport)
  | { readonly type: "failed"; readonly message: string };
