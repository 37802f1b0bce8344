import { describe } from "./describe.js";
import { InvalidRequest } from "./invalid-request.js";

/**
 * Says how many bytes there are, of text in UTF-8: post 001's work.
 * Throws {@link InvalidRequest} when `data` is neither bytes nor text.
 */
export function payloadSize(data: unknown): number {
  if (Buffer.isBuffer(data)) return data.length;
  if (typeof data === "string") return Buffer.byteLength(data);
  throw new InvalidRequest(`data must be text, and it is ${describe(data)}.`);
}
