import { createServer, type ServerHttp2Stream } from "node:http2";
import type { Bind } from "../listen-error.js";
import { type Listening, listenOn } from "../listening.js";
import type { ServingOptions } from "../served-work.js";
import { answerTo } from "./answer.js";
import { readBody } from "./body.js";

/** Starts node:http2 on `bind`; rejects with a `ListenError`. */
export function listenHttp2(
  onStream: (stream: ServerHttp2Stream, path: string) => void,
  bind: Bind,
): Promise<Listening> {
  const server = createServer();
  server.on("stream", (stream, headers) => {
    // A client that hangs up has ended its call, and nothing else.
    stream.on("error", () => {});
    onStream(stream, headers[":path"] ?? "");
  });
  server.on("sessionError", () => {});
  return listenOn(server, bind, "gRPC");
}

/** Answers bodies over HTTP/2 with what `work` makes of them: any request is, whatever its path. */
export function bareStream(
  contentType: string,
  options: ServingOptions,
  work: (body: Buffer) => Buffer,
): (stream: ServerHttp2Stream) => void {
  return (stream) =>
    readBody(stream, options.maxMessageBytes, (body) => {
      if (stream.destroyed) return;
      const answer = answerTo(body, options, work);
      stream.respond({
        ":status": answer.status,
        "content-type": answer.status === 200 ? contentType : "text/plain",
      });
      stream.end(answer.body);
    });
}
