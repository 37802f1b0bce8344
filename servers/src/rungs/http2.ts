import { bareStream, listenHttp2 } from "./bare-http2.js";
import { incrementBytes } from "./int32.js";
import { serveRung } from "./rung-process.js";

/** HTTP/2 and nothing above it. */
await serveRung("grpc", (bind, options) =>
  listenHttp2(bareStream("application/octet-stream", options, incrementBytes), bind),
);
