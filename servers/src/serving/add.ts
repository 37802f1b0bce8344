import { type CalculatorHandlers, calculatorService } from "../contracts.js";
import { unary } from "../grpc/handlers.js";
import { field } from "../rest/json-field.js";
import { route } from "../rest/routes.js";
import type { ServedWork } from "../served-work.js";
import { add } from "../work/add.js";

export const addWork: ServedWork = {
  addRoute(app, { json, plantedDelay }) {
    const answer = route(plantedDelay, ({ body }) => ({ sum: add(field(body, "a"), field(body, "b")) }));
    app.post("/add", json, answer);
  },
  service: calculatorService,
  handlers: ({ plantedDelay }): CalculatorHandlers => ({
    Add: unary(plantedDelay, ({ a, b }) => ({ sum: add(a, b) })),
  }),
};
