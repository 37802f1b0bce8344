import { readFileSync } from "node:fs";
import { join } from "node:path";
import { imagesService } from "@wirelab/servers/dist/contracts.js";
import { projectRoot } from "../root.js";
import { multipartFile, multipartType } from "./multipart.js";
import type { Workload } from "./workload.js";

/** What a server says of an image. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** As large as one window of HTTP/2, and a usual choice for chunks. */
const chunkBytes = 64 * 1024;

const photoSize = { width: 2400, height: 1600 };

/** Sends a photo of 1.58 MB and gets its size back: the large work of post 000. Reads the photo when it is made. */
export function imageWorkload(): Workload<Buffer, ImageSize> {
  const photo = readFileSync(join(projectRoot, "data", "images", "photo.jpg"));
  return {
    name: "image",
    first: photo,
    next: () => photo,
    isRight: (image, { width, height, bytes }) =>
      width === photoSize.width && height === photoSize.height && bytes === image.byteLength,
    rest: {
      path: "/image",
      body: { contentType: "image/jpeg", make: (image) => image },
      base64: {
        contentType: "application/json",
        make: (image) => `{"image":"${image.toString("base64")}"}`,
      },
      multipart: {
        contentType: multipartType,
        make: (content) =>
          multipartFile({ field: "image", fileName: "photo.jpg", contentType: "image/jpeg", content }),
      },
      read: (json) => (isImageSize(json) ? json : null),
    },
    grpc: {
      service: imagesService,
      unary: "Measure",
      chunks: { method: "MeasureChunks", messages: chunksOf },
      message: (_id, image) => ({ image }),
      read: (message) => ({ id: 0, output: message as ImageSize }),
    },
  };
}

function chunksOf(image: Buffer): { image: Buffer }[] {
  const count = Math.ceil(image.byteLength / chunkBytes);
  return Array.from({ length: count }, (_, i) => ({
    image: image.subarray(i * chunkBytes, (i + 1) * chunkBytes),
  }));
}

function isImageSize(json: unknown): json is ImageSize {
  const { width, height, bytes } = (json ?? {}) as Record<string, unknown>;
  return [width, height, bytes].every((value) => typeof value === "number");
}
