import express, { type Express } from "express";
import type { Bind } from "./listen-error.js";
import type { Listening } from "./listening.js";
import { PlantedDelay } from "./planted-delay.js";
import { createApp } from "./rest/app.js";
import { errorAnswer, notFound } from "./rest/errors.js";
import { listenRest } from "./rest/listen.js";
import type { RestWork } from "./served-work.js";
import { defaultMaxMessageBytes, type ServerOptions } from "./server-options.js";
import type { Identity } from "./tls/identity.js";
import { loadRestWorks } from "./works.js";

/** Loads those works and serves them on `bind`; rejects with a `ListenError`, or with `WrongOption`. */
export async function startRest(
  works: readonly string[],
  bind: Bind,
  { identity, ...options }: ServerOptions & { readonly identity: Identity | null },
): Promise<Listening> {
  return listenRest(createRestApp(await loadRestWorks(works), options), bind, identity);
}

/** The REST side: Express over `works`. */
export function createRestApp(
  works: readonly RestWork[],
  { maxMessageBytes = defaultMaxMessageBytes, plantedDelay = new PlantedDelay() }: ServerOptions = {},
): Express {
  const app = createApp();
  const json = express.json({ limit: maxMessageBytes });

  app.get("/healthz", (_request, response) => {
    response.json({ status: "ok" });
  });
  for (const addWork of works) addWork(app, { json, maxMessageBytes, plantedDelay });

  app.use(notFound, errorAnswer(maxMessageBytes));
  return app;
}
