import { type handleClientStreamingCall, status } from "@grpc/grpc-js";
import type { PlantedDelay } from "../planted-delay.js";
import { GrowingBytes } from "./growing-bytes.js";
import { toStatus } from "./to-status.js";

/** How a work takes its bytes in pieces. */
export interface Chunked<Request, Answer> {
  bytesOf(request: Request): Buffer;
  work(bytes: Buffer): Promise<Answer>;
  /** grpc-js limits each message, so only this limits all of them together. */
  readonly maxBytes: number;
}

/**
 * One answer to all messages of a client's stream. grpc-js ends the stream of a client that cancels before it tells of the
 * cancelling, so work may begin on what had come; grpc-js then drops the answer. Waiting to be told would be measured.
 */
export function chunks<Request, Answer>(
  plantedDelay: PlantedDelay,
  { bytesOf, work, maxBytes }: Chunked<Request, Answer>,
): handleClientStreamingCall<Request, Answer> {
  return (call, callback) => {
    const held = new GrowingBytes(maxBytes);
    let refused = false;
    call.on("data", (request: Request) => {
      if (refused || held.append(bytesOf(request))) return;
      refused = true;
      callback({
        code: status.RESOURCE_EXHAUSTED,
        details: `The chunks are together larger than the limit of ${maxBytes} bytes.`,
      });
    });
    call.on("end", () => {
      if (refused) return;
      plantedDelay.wait();
      work(held.bytes()).then(
        (answer) => callback(null, answer),
        (error) => callback(toStatus(error)),
      );
    });
  };
}
