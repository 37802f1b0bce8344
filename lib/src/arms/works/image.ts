import { readFileSync } from "node:fs";
import { join } from "node:path";
import { imagesService } from "@wirelab/servers/dist/contracts.js";
import { projectRoot } from "../../root.js";
import { multipartFile, multipartType } from "../rest/multipart.js";
import type { WorkInput, Workload, WorkSizes } from "../workload.js";

/** What a server says of an image. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** As large as one window of HTTP/2, and a usual choice for chunks. */
const chunkBytes = 64 * 1024;

/** A picture that breaks off still has its header, which is all that is looked at. */
export const imageSizes: WorkSizes = {
  of: "bytes of the photo, from its beginning",
  least: 4096,
  most: 1_579_934,
  usual: null,
};

/** Sends an image and gets its size back: the large work of post 000, whose photo of 1.58 MB it reads unless given another. */
export function imageWorkload(input: WorkInput = photo(imageSizes.most)): Workload<Buffer, ImageSize> {
  const { bytes, contentType, answer } = input;
  return {
    name: "image",
    first: bytes,
    next: () => bytes,
    isRight: (_, size) => answer === null || say(size) === answer,
    say,
    rest: {
      path: "/image",
      body: { contentType, make: (image) => image },
      base64: {
        contentType: "application/json",
        make: (image) => `{"image":"${image.toString("base64")}"}`,
      },
      multipart: {
        contentType: multipartType,
        make: (content) => multipartFile({ field: "image", fileName: "image", contentType, content }),
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

/** The first bytes of the photo. */
export function photo(sizeBytes: number): WorkInput {
  const bytes = readFileSync(join(projectRoot, "data", "images", "photo.jpg")).subarray(0, sizeBytes);
  return {
    bytes,
    contentType: "image/jpeg",
    answer: say({ width: 2400, height: 1600, bytes: bytes.byteLength }),
  };
}

function say({ width, height, bytes }: ImageSize): string {
  return `${width} × ${height} pixels in ${bytes} bytes`;
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
