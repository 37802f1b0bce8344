import { increment } from "../work/increment.js";
import { InvalidRequest } from "../work/invalid-request.js";

/** What a number takes where no layer knows of text or messages. */
export const int32Bytes = 4;

/** The increment of a big-endian int32, as another; throws `InvalidRequest` for what is none, or has no next one. */
export function incrementBytes(bytes: Buffer): Buffer {
  if (bytes.byteLength !== int32Bytes) {
    throw new InvalidRequest(
      `The body must be the ${int32Bytes} bytes of an int32, and it has ${bytes.byteLength}.`,
    );
  }
  const answer = Buffer.allocUnsafe(int32Bytes);
  answer.writeInt32BE(increment(bytes.readInt32BE()));
  return answer;
}
