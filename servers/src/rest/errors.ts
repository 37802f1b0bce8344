import type { ErrorRequestHandler, RequestHandler } from "express";
import { InvalidRequest } from "../work/invalid-request.js";

/** Answers 404 to what no route took. */
export const notFound: RequestHandler = (request, response) => {
  response.status(404).json({ error: `There is no ${request.method} ${request.path} here.` });
};

/** Answers every error with its status and one sentence. */
export function errorAnswer(maxMessageBytes: number): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, sentence } = describe(error, maxMessageBytes);
    if (status >= 500) console.error(error);
    response.status(status).json({ error: sentence });
  };
}

function describe(error: unknown, maxMessageBytes: number): { status: number; sentence: string } {
  if (error instanceof InvalidRequest) return { status: 400, sentence: error.message };
  const { status, type, code, message } = error as Record<string, unknown>;
  if (type === "entity.parse.failed") {
    return { status: 400, sentence: `The body is not valid JSON: ${String(message)}.` };
  }
  // The first is the body parser's word for it, the second multer's.
  if (type === "entity.too.large" || code === "LIMIT_FILE_SIZE") {
    return { status: 413, sentence: `The body is larger than the limit of ${maxMessageBytes} bytes.` };
  }
  // What Express and its body parser refuse themselves: a charset, an encoding, a cut-off body, a bad URL.
  if (typeof status === "number" && status >= 400 && status < 500) {
    return { status, sentence: `The request can't be read: ${String(message)}.` };
  }
  return { status: 500, sentence: "The server failed; it says why on its standard error." };
}
