import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  constants,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
} from "node:http2";
import { status } from "@grpc/grpc-js";

/** How a unary gRPC call over HTTP/2 ended. */
export interface UnaryEnd {
  /** gRPC status: the server's, or the one that PROTOCOL-HTTP2.md of gRPC gives to what happened instead. */
  readonly status: status;
  /** The answer, there if the status is OK. */
  readonly message: Buffer | null;
  /** `performance.now()` when the head of the answer had come; NaN when none did. */
  readonly firstByteAt: number;
}

/** What a call sends: its head by `request`, then one message. */
export interface UnaryRequest {
  request(session: ClientHttp2Session): ClientHttp2Stream;
  readonly frame: Buffer;
}

const prefixBytes = 5;

/** A message as gRPC sends it: not compressed, and its length before it. */
export function framed(message: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(prefixBytes + message.byteLength);
  frame[0] = 0;
  frame.writeUInt32BE(message.byteLength, 1);
  frame.set(message, prefixBytes);
  return frame;
}

/**
 * Sends one framed message and waits for its answer; tells `onEnd` once, whatever happens. Neither grpc-js's retries nor
 * its interceptors are here: a call that a closing server did not take has failed.
 */
export class UnaryExchange {
  private readonly session: ClientHttp2Session;
  private readonly stream: ClientHttp2Stream;
  private readonly onEnd: (end: UnaryEnd) => void;
  private readonly chunks: Buffer[] = [];
  private firstByteAt = Number.NaN;
  private status: status | null = null;
  private over = false;

  constructor(session: ClientHttp2Session, { request, frame }: UnaryRequest, onEnd: (end: UnaryEnd) => void) {
    this.session = session;
    this.onEnd = onEnd;
    const stream = request(session);
    this.stream = stream;
    stream.on("response", (head) => this.takeHead(head));
    stream.on("data", (chunk: Buffer) => this.chunks.push(chunk));
    stream.on("trailers", (trailers) => {
      this.status ??= statusOf(trailers);
    });
    // Trailers come before the end; without a status the stream's close says what happened.
    stream.on("end", () => {
      if (this.status !== null) this.end(this.status);
    });
    stream.on("close", () => this.end(this.status ?? this.statusOfClose()));
    stream.on("error", () => {});
    stream.end(frame);
  }

  /** Gives the call up, here at once and with the server as soon as it hears of it. */
  cancel(): void {
    this.stream.close(constants.NGHTTP2_CANCEL);
    this.stream.destroy();
    this.end(status.CANCELLED);
  }

  private takeHead(head: IncomingHttpHeaders & IncomingHttpStatusHeader): void {
    this.firstByteAt = performance.now();
    const contentType = head["content-type"] ?? "";
    if (head[":status"] !== 200) this.status = statusOfHttp(head[":status"]);
    else if (!contentType.startsWith("application/grpc")) this.status = status.UNKNOWN;
    // An answer without a message may have its trailers for a head.
    else if (head["grpc-status"] !== undefined) this.status = statusOf(head);
  }

  private end(status: status): void {
    if (this.over) return;
    this.over = true;
    const { firstByteAt } = this;
    this.onEnd({ ...withMessage(status, this.chunks), firstByteAt });
  }

  private statusOfClose(): status {
    if (this.session.destroyed) return status.UNAVAILABLE;
    return statusOfReset[this.stream.rstCode ?? 0] ?? status.INTERNAL;
  }
}

/** An answer that is OK holds one whole message. */
function withMessage(
  said: status,
  chunks: readonly Buffer[],
): { readonly status: status; readonly message: Buffer | null } {
  if (said !== status.OK) return { status: said, message: null };
  const [first] = chunks;
  const frame = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
  const whole =
    frame.byteLength >= prefixBytes &&
    frame[0] === 0 &&
    frame.readUInt32BE(1) === frame.byteLength - prefixBytes;
  return whole
    ? { status: said, message: frame.subarray(prefixBytes) }
    : { status: status.INTERNAL, message: null };
}

function statusOf(trailers: IncomingHttpHeaders): status {
  const code = Number(trailers["grpc-status"] ?? Number.NaN);
  return code in status ? code : status.UNKNOWN;
}

/** HTTP/2's error code → gRPC status (PROTOCOL-HTTP2.md, Errors); INTERNAL for all others. */
const statusOfReset: Readonly<Record<number, status>> = {
  [constants.NGHTTP2_REFUSED_STREAM]: status.UNAVAILABLE,
  [constants.NGHTTP2_CANCEL]: status.CANCELLED,
  [constants.NGHTTP2_ENHANCE_YOUR_CALM]: status.RESOURCE_EXHAUSTED,
  [constants.NGHTTP2_INADEQUATE_SECURITY]: status.PERMISSION_DENIED,
};

/** What no gRPC server answered (http-grpc-status-mapping.md). */
function statusOfHttp(httpStatus: number | undefined): status {
  switch (httpStatus) {
    case 400:
      return status.INTERNAL;
    case 401:
      return status.UNAUTHENTICATED;
    case 403:
      return status.PERMISSION_DENIED;
    case 404:
      return status.UNIMPLEMENTED;
    case 429:
    case 502:
    case 503:
    case 504:
      return status.UNAVAILABLE;
    default:
      return status.UNKNOWN;
  }
}
