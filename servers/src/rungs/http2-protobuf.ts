import { bareStream, listenHttp2 } from "./bare-http2.js";
import { incrementMessage } from "./increment-message.js";
import { serveRung } from "./rung-process.js";

/** Protobuf messages over HTTP/2, without what gRPC puts around them. */
await serveRung("grpc", (bind, options) =>
  listenHttp2(bareStream("application/x-protobuf", options, incrementMessage), bind),
);
