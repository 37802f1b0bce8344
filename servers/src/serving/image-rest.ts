import { imageBody, imageOf } from "../rest/image-body.js";
import { asyncRoute } from "../rest/routes.js";
import type { RestWork } from "../served-work.js";
import { imageSize } from "../work/image-size.js";

export const restWork: RestWork = (app, { json, plantedDelay, maxMessageBytes }) => {
  const answer = asyncRoute(plantedDelay, async (request) => imageSize(imageOf(request)));
  app.post("/image", imageBody(json, maxMessageBytes), answer);
};
