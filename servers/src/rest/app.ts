import express, { type Express } from "express";

/**
 * An app of Express without routes.
 *
 * Two of Express' habits are off, as its own production advice has one of them: `x-powered-by` (bytes on every answer
 * that nobody reads) and `etag` (a hash of every answer, of use only to a client that asks again with it, which none
 * does after a POST). gRPC has no counterpart of either.
 */
export function createApp(): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  return app;
}
