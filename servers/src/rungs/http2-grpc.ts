import type { ServerHttp2Stream } from "node:http2";
import type { ServingOptions } from "../served-work.js";
import { InvalidRequest } from "../work/invalid-request.js";
import { tooLarge } from "./answer.js";
import { listenHttp2 } from "./bare-http2.js";
import { readBody } from "./body.js";
import { incrementMessage, incrementPath } from "./increment-message.js";
import { serveRung } from "./rung-process.js";

/** Codes of gRPC's status (statuscodes.md), which belong to its framing; grpc-js is a rung of its own. */
const codes = { ok: 0, invalidArgument: 3, resourceExhausted: 8, unimplemented: 12, internal: 13 } as const;

const prefixBytes = 5;
const headers = { ":status": 200, "content-type": "application/grpc+proto" } as const;

/** gRPC's framing, trailers and status by hand (PROTOCOL-HTTP2.md) around one unary method. */
await serveRung("grpc", (bind, options) =>
  listenHttp2((stream, path) => {
    if (path !== incrementPath) {
      refuse(stream, codes.unimplemented, `There is no ${path} here.`);
      return;
    }
    readBody(stream, prefixBytes + options.maxMessageBytes, (frame) => {
      if (!stream.destroyed) answer(stream, frame, options);
    });
  }, bind),
);

function answer(stream: ServerHttp2Stream, frame: Buffer | null, options: ServingOptions): void {
  if (frame === null) {
    refuse(stream, codes.resourceExhausted, tooLarge(options.maxMessageBytes));
    return;
  }
  options.plantedDelay.wait();
  try {
    const message = framed(incrementMessage(unframed(frame)));
    stream.respond(headers, { waitForTrailers: true });
    stream.once("wantTrailers", () => stream.sendTrailers({ "grpc-status": codes.ok }));
    stream.end(message);
  } catch (error) {
    if (error instanceof InvalidRequest) {
      refuse(stream, codes.invalidArgument, error.message);
      return;
    }
    console.error(error);
    refuse(stream, codes.internal, "The server failed; it says why on its standard error.");
  }
}

/** Trailers alone, in place of an answer. */
function refuse(stream: ServerHttp2Stream, code: number, sentence: string): void {
  const trailers = { "grpc-status": code, "grpc-message": encodeURIComponent(sentence) };
  stream.respond({ ...headers, ...trailers }, { endStream: true });
}

function unframed(frame: Buffer): Buffer {
  const whole =
    frame.byteLength >= prefixBytes &&
    frame[0] === 0 &&
    frame.readUInt32BE(1) === frame.byteLength - prefixBytes;
  if (!whole) throw new InvalidRequest("The body must hold one whole message of gRPC, not compressed.");
  return frame.subarray(prefixBytes);
}

function framed(message: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(prefixBytes + message.byteLength);
  frame[0] = 0;
  frame.writeUInt32BE(message.byteLength, 1);
  frame.set(message, prefixBytes);
  return frame;
}
