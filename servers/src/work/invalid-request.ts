/**
 * The caller asked for something that this work can't do; the message says in one sentence what was wrong.
 * REST answers it with 400, gRPC with INVALID_ARGUMENT, both with the message.
 */
export class InvalidRequest extends Error {
  override readonly name = "InvalidRequest";
}
