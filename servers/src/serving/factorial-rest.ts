import { field } from "../rest/json-field.js";
import { route } from "../rest/routes.js";
import type { RestWork } from "../served-work.js";
import { timedFactorial } from "./timed-factorial.js";

export const restWork: RestWork = (app, { json, plantedDelay }) => {
  const answer = route(plantedDelay, ({ body }) => timedFactorial(field(body, "number")));
  // Express takes it without the slash too.
  app.post("/factorial/", json, answer);
};
