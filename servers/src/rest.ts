import express, { type Express } from "express";
import { PlantedDelay } from "./planted-delay.js";
import { errorAnswer, notFound } from "./rest/errors.js";
import { imageBody, imageOf } from "./rest/image-body.js";
import { field } from "./rest/json-field.js";
import { asyncRoute, route } from "./rest/routes.js";
import { defaultMaxMessageBytes, type ServerOptions } from "./server-options.js";
import { add } from "./work/add.js";
import { imageSize } from "./work/image-size.js";
import { increment } from "./work/increment.js";

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
  const image = imageBody(json, maxMessageBytes);

  app.get("/healthz", (_request, response) => {
    response.json({ status: "ok" });
  });

  // the works
  app.post(
    "/increment",
    json,
    route(plantedDelay, ({ body }) => ({ value: increment(field(body, "value")) })),
  );
  app.post(
    "/add",
    json,
    route(plantedDelay, ({ body }) => ({ sum: add(field(body, "a"), field(body, "b")) })),
  );
  app.post(
    "/image",
    image,
    asyncRoute(plantedDelay, async (request) => imageSize(imageOf(request))),
  );

  app.use(notFound, errorAnswer(maxMessageBytes));
  return app;
}
