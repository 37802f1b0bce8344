import type { IncomingMessage, ServerResponse } from "node:http";
import type { ServingOptions } from "../served-work.js";
import { answerTo } from "./answer.js";
import { readBody } from "./body.js";
import { incrementBytes } from "./int32.js";

/** Answers the bytes of an int32 with those of the next one: what node:http and a route of Express do alike. */
export function bytesListener(options: ServingOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    readBody(request, options.maxMessageBytes, (body) => {
      const answer = answerTo(body, options, incrementBytes);
      response.writeHead(answer.status, {
        "content-type": answer.status === 200 ? "application/octet-stream" : "text/plain",
        "content-length": answer.body.byteLength,
        // The rest of what is too large is not waited for.
        ...(answer.status === 413 && { connection: "close" }),
      });
      response.end(answer.body);
    });
  };
}
