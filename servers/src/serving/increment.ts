import { type IncrementerHandlers, type IncrementMessage, incrementerService } from "../contracts.js";
import { stream, unary } from "../grpc/handlers.js";
import { field } from "../rest/json-field.js";
import { route } from "../rest/routes.js";
import type { ServedWork } from "../served-work.js";
import { increment } from "../work/increment.js";

export const incrementWork: ServedWork = {
  addRoute(app, { json, plantedDelay }) {
    const answer = route(plantedDelay, ({ body }) => ({ value: increment(field(body, "value")) }));
    app.post("/increment", json, answer);
  },
  service: incrementerService,
  handlers: ({ plantedDelay }): IncrementerHandlers => ({
    Increment: unary(plantedDelay, incrementMessage),
    IncrementStream: stream(plantedDelay, incrementMessage),
  }),
};

const incrementMessage = ({ id, value }: IncrementMessage) => ({ id, value: increment(value) });
