import { field } from "../rest/json-field.js";
import { route } from "../rest/routes.js";
import type { RestWork } from "../served-work.js";
import { increment } from "../work/increment.js";

export const restWork: RestWork = (app, { json, plantedDelay }) => {
  const answer = route(plantedDelay, ({ body }) => ({ value: increment(field(body, "value")) }));
  app.post("/increment", json, answer);
};
