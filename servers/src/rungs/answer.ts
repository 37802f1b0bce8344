import type { ServingOptions } from "../served-work.js";
import { InvalidRequest } from "../work/invalid-request.js";

/** What a bare HTTP server of either version says to a request. */
export interface BareAnswer {
  readonly status: 200 | 400 | 413 | 500;
  readonly body: Buffer;
}

/** Does the work on a body, null being one beyond the limit; errors are answers, a sentence each. */
export function answerTo(
  body: Buffer | null,
  { plantedDelay, maxMessageBytes }: ServingOptions,
  work: (body: Buffer) => Buffer,
): BareAnswer {
  if (body === null) return { status: 413, body: Buffer.from(tooLarge(maxMessageBytes)) };
  plantedDelay.wait();
  try {
    return { status: 200, body: work(body) };
  } catch (error) {
    if (error instanceof InvalidRequest) return { status: 400, body: Buffer.from(error.message) };
    console.error(error);
    return { status: 500, body: Buffer.from("The server failed; it says why on its standard error.") };
  }
}

/** What is said of a body beyond the limit. */
export function tooLarge(maxMessageBytes: number): string {
  return `The body is larger than the limit of ${maxMessageBytes} bytes.`;
}
