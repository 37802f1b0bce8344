import type { OwnArm } from "../arm.js";
import { serverWindowBytes } from "../grpc/grpc-channel.js";
import type { RestBody, Workload } from "../workload.js";
import { nodeHttp2 } from "./bare-http2-connection.js";
import { openHttpCallers } from "./http-caller.js";
import type { HttpClient } from "./http-connection.js";
import { nodeHttp } from "./node-http-connection.js";
import { undiciDispatch } from "./undici-connection.js";

/** HTTP/1.1 by node:http, without a codec: the work as bytes of a fixed length. */
export const httpArm = arm({
  name: "http",
  dialect: "http",
  client: "node:http, bare bytes, one kept-alive connection a caller",
  by: nodeHttp,
});

/** The same by undici. */
export const httpUndiciArm = arm({
  name: "http-undici",
  dialect: "http",
  client: "undici dispatch, bare bytes, one kept-alive connection a caller",
  by: undiciDispatch,
});

/** HTTP/2 by node:http2, without a codec. */
export const http2Arm = arm({
  name: "http2",
  dialect: "http2",
  client: "node:http2, bare bytes, one connection a caller",
  by: nodeHttp2,
});

/** Protobuf messages over HTTP/2, without gRPC's framing of them. */
export const http2ProtobufArm = arm({
  name: "http2-protobuf",
  dialect: "http2-protobuf",
  client: "node:http2 and protobufjs, bare messages, one connection a caller",
  by: nodeHttp2,
});

interface BareArmOptions extends Pick<OwnArm, "name" | "client"> {
  readonly dialect: "http" | "http2" | "http2-protobuf";
  readonly by: HttpClient;
}

function arm({ by, ...facts }: BareArmOptions): OwnArm {
  const { dialect } = facts;
  return {
    ...facts,
    language: "typescript",
    protocol: dialect === "http" ? "rest" : "grpc",
    notMeasured: {},
    fits: ({ bytes }) => bytes !== undefined,
    path: { newConnection: false, windowBytes: dialect === "http" ? null : serverWindowBytes },
    open: (options) => {
      const body = dialect === "http2-protobuf" ? messageBody(options.workload) : bytesBody(options.workload);
      return openHttpCallers(options, { client: by, body, newConnection: false });
    },
  };
}

function bytesBody<Input, Output>({ name, bytes }: Workload<Input, Output>): RestBody<Input, Output> {
  if (bytes === undefined) throw new Error(`${name} has no form of a fixed length`);
  return {
    contentType: "application/octet-stream",
    make: bytes.make,
    read: (answer) => (answer.byteLength === bytes.sizeBytes ? bytes.read(answer) : null),
  };
}

/** gRPC's own message, without its prefix. */
function messageBody<Input, Output>({ name, grpc }: Workload<Input, Output>): RestBody<Input, Output> {
  const method = grpc.service[grpc.unary];
  if (method === undefined) throw new Error(`${name} has no method ${grpc.unary}`);
  return {
    contentType: "application/x-protobuf",
    make: (input) => method.requestSerialize(grpc.message(0, input)),
    read: (answer) => {
      try {
        return grpc.read(method.responseDeserialize(answer)).output;
      } catch {
        return null;
      }
    },
  };
}
