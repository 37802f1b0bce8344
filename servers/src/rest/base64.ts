import { describe } from "../work/describe.js";
import { InvalidRequest } from "../work/invalid-request.js";

/** The bytes that `value` is the base64 of; throws {@link InvalidRequest} when it isn't base64 with its padding. */
export function decodeBase64(name: string, value: unknown): Buffer {
  if (typeof value !== "string") {
    throw new InvalidRequest(`${name} must be text in base64, and it is ${describe(value)}.`);
  }
  const bytes = Buffer.from(value, "base64");
  if (bytes.length !== decodedLength(value) || hasOtherCharacters(value)) {
    throw new InvalidRequest(
      `${name} is not valid base64: only A-Z, a-z, 0-9, + and /, padded with = to a multiple of four.`,
    );
  }
  return bytes;
}

function decodedLength(text: string): number {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}

// Node passes over most of what isn't base64, which leaves too few bytes, but it takes - and _ for + and /, and of a
// character beyond one byte only the low one. Asking for these costs a quarter of encoding the bytes again to compare, and
// it is part of a timed call.
function hasOtherCharacters(text: string): boolean {
  return text.includes("-") || text.includes("_") || Buffer.byteLength(text) !== text.length;
}
