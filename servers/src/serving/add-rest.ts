import { field } from "../rest/json-field.js";
import { route } from "../rest/routes.js";
import type { RestWork } from "../served-work.js";
import { add } from "../work/add.js";

export const restWork: RestWork = (app, { json, plantedDelay }) => {
  const answer = route(plantedDelay, ({ body }) => ({ sum: add(field(body, "a"), field(body, "b")) }));
  app.post("/add", json, answer);
};
