import type { ListenError } from "./listen-error.js";

/** What a server process or thread tells whoever started it: once how its start went, then what it was asked. */
export type EntryMessage =
  | { readonly type: "listening"; readonly restUrl: string; readonly grpcAddress: string }
  | { readonly type: "delay-planted" }
  | { readonly type: "failed"; readonly code: ListenError["code"] | "failed"; readonly message: string };

/** What it can be asked while it runs. */
export type EntryRequest = { readonly type: "plant-delay"; readonly delayUs: number };

/** The message that tells of `error`. */
export function failedMessage(error: unknown): EntryMessage {
  const { name, code, message } = error as ListenError;
  return {
    type: "failed",
    code: name === "ListenError" ? code : "failed",
    message: message ?? String(error),
  };
}
