import type { ClientHttp2Session } from "node:http2";
import { type Http2Connection, http2Connector } from "../grpc/http2-connection.js";
import {
  type Exchange,
  type HttpClient,
  type HttpConnection,
  type HttpRequest,
  joined,
} from "./http-connection.js";

/** By node:http2, one connection that keeps its session: HTTP/2 and nothing of gRPC. */
export const nodeHttp2: HttpClient = (options) => {
  const connect = http2Connector(options);
  return () => new BareHttp2Connection(connect(options.wire));
};

class BareHttp2Connection implements HttpConnection {
  private readonly connection: Http2Connection;

  constructor(connection: Http2Connection) {
    this.connection = connection;
  }

  get id(): number {
    return this.connection.id;
  }

  exchange(request: HttpRequest): Promise<Exchange> {
    return exchange(this.connection.open(), request);
  }

  async destroy(): Promise<void> {
    this.connection.close();
  }
}

/** What a stream is said to have failed with that closed without an answer or an error. */
const hungUp = { code: "ECONNRESET" };

function exchange(
  session: ClientHttp2Session,
  { method, path, headers, body }: HttpRequest,
): Promise<Exchange> {
  return new Promise((resolve) => {
    let status = -1;
    let firstByteAt = Number.NaN;
    const chunks: Buffer[] = [];
    const stream = session.request({ ...headers, ":method": method, ":path": path });
    stream.on("response", (head) => {
      firstByteAt = performance.now();
      status = head[":status"] ?? -1;
    });
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    // A stream whose session has gone ends too, before it closes; then that says what happened.
    stream.on("end", () => {
      if (session.destroyed || stream.aborted || status === -1) return;
      resolve({ kind: "response", status, firstByteAt, body: joined(chunks) });
    });
    // What broke the session stands behind an error of the stream that says no more than that it is over.
    stream.on("error", (error) =>
      resolve({ kind: "failed", status, firstByteAt, error: error.cause ?? error }),
    );
    stream.on("close", () => resolve({ kind: "failed", status, firstByteAt, error: hungUp }));
    stream.end(body);
  });
}
