import type { ListenError } from "./listen-error.js";

/** What a server process or thread tells whoever started it, once. */
export type EntryMessage =
  | { readonly type: "listening"; readonly restUrl: string; readonly grpcAddress: string }
  | { readonly type: "failed"; readonly code: ListenError["code"] | "failed"; readonly message: string };

/** The message that tells of `error`. */
export function failedMessage(error: unknown): EntryMessage {
  const { name, code, message } = error as ListenError;
  return {
    type: "failed",
    code: name === "ListenError" ? code : "failed",
    message: message ?? String(error),
  };
}
