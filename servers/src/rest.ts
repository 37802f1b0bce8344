import express, { type Express } from "express";
import { PlantedDelay } from "./planted-delay.js";
import { errorAnswer, notFound } from "./rest/errors.js";
import type { ServedWork } from "./served-work.js";
import { defaultMaxMessageBytes, type ServerOptions } from "./server-options.js";

/**
 * The REST side: Express over `works`.
 *
 * Two of Express' habits are off, as its own production advice has one of them: `x-powered-by` (bytes on every answer
 * that nobody reads) and `etag` (a hash of every answer, of use only to a client that asks again with it, which none
 * does after a POST). gRPC has no counterpart of either.
 */
export function createRestApp(
  works: readonly ServedWork[],
  { maxMessageBytes = defaultMaxMessageBytes, plantedDelay = new PlantedDelay() }: ServerOptions = {},
): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  const json = express.json({ limit: maxMessageBytes });

  app.get("/healthz", (_request, response) => {
    response.json({ status: "ok" });
  });
  for (const work of works) work.addRoute(app, { json, maxMessageBytes, plantedDelay });

  app.use(notFound, errorAnswer(maxMessageBytes));
  return app;
}
