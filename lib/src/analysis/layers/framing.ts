import { dialectOf } from "../../arms/arm.js";
import { serverWindowBytes } from "../../arms/grpc/grpc-channel.js";
import { findArm, findWorkload } from "../../arms/registry.js";

/** Bytes that frames the two ways of a call take besides what is in them. */
export interface Framing {
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

/** Bytes of the bodies of a call. */
export interface Bodies {
  readonly bodySentBytes: number;
  readonly bodyReceivedBytes: number;
}

/** RFC 9113, 4.1 and 6.5.2: what stands before each frame, and how much one holds unless its reader wants more. */
const frameHeadBytes = 9;
const frameBytes = 16_384;

/** gRPC over HTTP/2, Length-Prefixed-Message: a flag and four bytes of length. */
const prefixBytes = 5;

/** Arms whose call is one gRPC message each way. */
const unaryArms = ["grpc", "grpc-own-connection", "grpc-interceptor", "grpc-http2", "grpc-watched"];

/**
 * What frames add to such bodies on a warm unencrypted connection: nothing over HTTP/1.1, where the bodies of these arms have their
 * lengths in the headers, and over gRPC the heads of a frame of headers, those of the message's data, its prefix, and on the
 * way back the head of the trailers; null for arms of which it is not known, and for messages that are larger than a window of
 * HTTP/2, which cuts them into more frames.
 *
 * @example
 * framingOf("grpc", { bodySentBytes: 4, bodyReceivedBytes: 4 }); // { sentBytes: 23, receivedBytes: 32 }
 */
export function framingOf(arm: string, { bodySentBytes, bodyReceivedBytes }: Bodies): Framing | null {
  const dialect = dialectOf(findArm(arm));
  if (unaryArms.includes(arm)) {
    if (prefixBytes + Math.max(bodySentBytes, bodyReceivedBytes) > serverWindowBytes) return null;
    const data = (bodyBytes: number) =>
      prefixBytes + frameHeadBytes * Math.ceil((prefixBytes + bodyBytes) / frameBytes);
    return {
      sentBytes: frameHeadBytes + data(bodySentBytes),
      receivedBytes: frameHeadBytes + data(bodyReceivedBytes) + frameHeadBytes,
    };
  }
  const plain = dialect === "tcp" || dialect === "http" || dialect === "rest" || dialect === "rest-protobuf";
  return plain && findArm(arm).language === "typescript" ? { sentBytes: 0, receivedBytes: 0 } : null;
}

/** Bytes of a work's own input as they are. */
export function plainBodyBytes(work: string): number {
  const { first, rest } = findWorkload(work);
  return Buffer.byteLength(rest.body.make(first));
}
