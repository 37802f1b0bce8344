import { type ImageMessage, type ImagesHandlers, imagesService } from "../contracts.js";
import { chunks } from "../grpc/chunks.js";
import { asyncUnary } from "../grpc/handlers.js";
import { imageBody, imageOf } from "../rest/image-body.js";
import { asyncRoute } from "../rest/routes.js";
import type { ServedWork } from "../served-work.js";
import { imageSize } from "../work/image-size.js";

export const imageWork: ServedWork = {
  addRoute(app, { json, plantedDelay, maxMessageBytes }) {
    const answer = asyncRoute(plantedDelay, async (request) => imageSize(imageOf(request)));
    app.post("/image", imageBody(json, maxMessageBytes), answer);
  },
  service: imagesService,
  handlers: ({ plantedDelay, maxMessageBytes }): ImagesHandlers => ({
    Measure: asyncUnary(plantedDelay, ({ image }) => imageSize(image)),
    MeasureChunks: chunks(plantedDelay, {
      bytesOf: ({ image }: ImageMessage) => image,
      work: imageSize,
      maxBytes: maxMessageBytes,
    }),
  }),
};
