import { createApp } from "../rest/app.js";
import { listenRest } from "../rest/listen.js";
import { bytesListener } from "./bytes-listener.js";
import { serveRung } from "./rung-process.js";

/** The same bytes behind a route of Express, set up as the lab's own server is. */
await serveRung("rest", (bind, options) => {
  const app = createApp();
  app.post("/increment", bytesListener(options));
  return listenRest(app, bind);
});
