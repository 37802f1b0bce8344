import { ListenError } from "./listen-error.js";
import type { Addresses } from "./serve.js";
import { WrongOption } from "./wrong-option.js";

/** What a server process or thread tells whoever started it: once how its start went, then what it was asked. */
export type EntryMessage =
  | ({ readonly type: "listening" } & Addresses)
  | { readonly type: "delay-planted" }
  | FailedMessage;

/** Why it did not start. */
export interface FailedMessage {
  readonly type: "failed";
  readonly code: FailureCode;
  readonly message: string;
}

/** `wrong-option`: servers cannot be started so. */
export type FailureCode = ListenError["code"] | "wrong-option" | "failed";

/** What it can be asked while it runs. */
export type EntryRequest = { readonly type: "plant-delay"; readonly delayUs: number };

/** The message that tells where servers listen. */
export function listeningMessage({ restUrl, grpcAddress, tls }: Addresses): EntryMessage {
  return { type: "listening", restUrl, grpcAddress, ...(tls !== undefined && { tls }) };
}

/** The message that tells of `error`. */
export function failedMessage(error: unknown): FailedMessage {
  return { type: "failed", code: codeOf(error), message: (error as Error).message ?? String(error) };
}

/** The error that such a message tells of, for whoever has to tell it on. */
export function failureOf({ code, message }: FailedMessage): Error {
  if (code === "wrong-option") return new WrongOption(message);
  return code === "failed" ? new Error(message) : new ListenError(code, message);
}

function codeOf(error: unknown): FailureCode {
  if (error instanceof ListenError) return error.code;
  return error instanceof WrongOption ? "wrong-option" : "failed";
}
