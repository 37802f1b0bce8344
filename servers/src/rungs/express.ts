import express from "express";
import { listenRest } from "../rest/listen.js";
import { bytesListener } from "./bytes-listener.js";
import { serveRung } from "./rung-process.js";

/** The same bytes behind a route of Express, set up as the lab's own server is. */
await serveRung("rest", (bind, options) => {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.post("/increment", bytesListener(options));
  return listenRest(app, bind);
});
