import express from "express";
import { createApp } from "../rest/app.js";
import { listenRest } from "../rest/listen.js";
import { serveRung } from "./rung-process.js";

/** JSON both ways, and trust in what it holds: no field is checked, and errors get what Express says of them. */
await serveRung("rest", (bind, { plantedDelay, maxMessageBytes }) => {
  const app = createApp();
  app.post("/increment", express.json({ limit: maxMessageBytes }), (request, response) => {
    plantedDelay.wait();
    response.json({ value: request.body.value + 1 });
  });
  return listenRest(app, bind);
});
