import { imageBody, imageOf } from "../rest/image-body.js";
import { asyncRoute } from "../rest/routes.js";
import type { RestWork } from "../served-work.js";
import { predict } from "./predict.js";

export const restWork: RestWork = (app, { json, plantedDelay, maxMessageBytes }) => {
  const answer = asyncRoute(plantedDelay, async (request) => predict(imageOf(request)));
  app.post("/predict", imageBody(json, maxMessageBytes), answer);
};
