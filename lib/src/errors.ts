/** What kind of thing went wrong, for programs; people read the message. */
export type ErrorCode =
  | "usage"
  | "beyond-machine"
  | "interrupted"
  | "port-in-use"
  | "server-failed"
  | "client-failed"
  | "damaged-run"
  | "disk"
  | "not-enough-data"
  | "kernel-failed"
  | "missing-tool";

/** An error that a user can act on: its message says what happened, where, and what to do, in a sentence. */
export class WirelabError extends Error {
  override readonly name = "WirelabError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Why there was too little data, of an error that says so; any other one is thrown on. */
export function whyTooLittle(error: unknown): string {
  if (error instanceof WirelabError && error.code === "not-enough-data") return error.message;
  throw error;
}
