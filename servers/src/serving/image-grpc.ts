import { type ImageMessage, type ImagesHandlers, imagesService } from "../contracts.js";
import { chunks } from "../grpc/chunks.js";
import { asyncUnary } from "../grpc/handlers.js";
import type { GrpcWork } from "../served-work.js";
import { imageSize } from "../work/image-size.js";

export const grpcWork: GrpcWork = {
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
