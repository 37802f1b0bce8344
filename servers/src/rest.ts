import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import { PlantedDelay } from "./planted-delay.js";
import { defaultMaxMessageBytes, type ServerOptions } from "./server-options.js";
import { increment } from "./work/increment.js";
import { InvalidRequest } from "./work/invalid-request.js";

/**
 * The REST side: Express over `work/`. A new work is one more line under "the works".
 *
 * Two of Express' habits are off, as its own production advice has one of them: `x-powered-by` (bytes on every answer
 * that nobody reads) and `etag` (a hash of every answer, of use only to a client that asks again with it, which none
 * does after a POST). gRPC has no counterpart of either.
 */
export function createRestApp({
  maxMessageBytes = defaultMaxMessageBytes,
  plantedDelay = new PlantedDelay(),
}: ServerOptions = {}): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  const json = express.json({ limit: maxMessageBytes });
  const route =
    (work: (body: unknown) => object): RequestHandler =>
    (request, response) => {
      plantedDelay.wait();
      response.json(work(request.body));
    };

  app.get("/healthz", (_request, response) => {
    response.json({ status: "ok" });
  });

  // the works
  app.post(
    "/increment",
    json,
    route((body) => ({ value: increment(field(body, "value")) })),
  );

  app.use(notFound, errorAnswer(maxMessageBytes));
  return app;
}

/** The named field of a JSON body; `undefined` when it isn't there. */
function field(body: unknown, name: string): unknown {
  if (body === undefined) {
    throw new InvalidRequest("The request has no JSON body: send one, with Content-Type: application/json.");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new InvalidRequest("The body must be a JSON object.");
  }
  return Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined;
}

const notFound: RequestHandler = (request, response) => {
  response.status(404).json({ error: `There is no ${request.method} ${request.path} here.` });
};

// Express knows an error handler by its four parameters.
function errorAnswer(maxMessageBytes: number): ErrorRequestHandler {
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
  const { status, type, message } = error as { status?: unknown; type?: unknown; message?: unknown };
  if (type === "entity.parse.failed") {
    return { status: 400, sentence: `The body is not valid JSON: ${String(message)}.` };
  }
  if (type === "entity.too.large") {
    return { status: 413, sentence: `The body is larger than the limit of ${maxMessageBytes} bytes.` };
  }
  // What Express and its body parser refuse themselves: a charset, an encoding, a cut-off body, a bad URL.
  if (typeof status === "number" && status >= 400 && status < 500) {
    return { status, sentence: `The request can't be read: ${String(message)}.` };
  }
  return { status: 500, sentence: "The server failed; it says why on its standard error." };
}
