import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inferenceService } from "@wirelab/servers/dist/contracts.js";
import { projectRoot } from "../../root.js";
import { multipartFile, multipartType } from "../rest/multipart.js";
import type { WorkInput, Workload } from "../workload.js";

/** What a server says of a picture. */
export interface Classified {
  readonly label: string;
  /** From 0 to 1. */
  readonly confidence: number;
  /** The server's own time for it, in ms. */
  readonly inference_ms: number;
}

/**
 * Sends pictures of digits and gets told which digit each shows: post 002's work. Without `image` it goes through ten
 * pictures, the digit after the one that was answered next, so that an answer to another call is seen to be wrong.
 * Reads them when it is made.
 *
 * @example
 * const mine = { bytes: readFileSync("seven.png"), contentType: "image/png", answer: null };
 * const workload = classifyWorkload(mine);
 */
export function classifyWorkload(image?: WorkInput): Workload<WorkInput, Classified> {
  const images = image === undefined ? digitImages() : [image];
  const first = images[0] as WorkInput;
  const { contentType } = first;
  return {
    name: "classify",
    first,
    next: (answer) => images[images.findIndex((image) => image.answer === answer.label) + 1] ?? first,
    isRight: (image, { label }) => image.answer === null || image.answer === label,
    say: ({ label }) => label,
    serverMs: (answer) => answer.inference_ms,
    rest: {
      path: "/predict",
      body: { contentType, make: ({ bytes }) => bytes },
      multipart: {
        contentType: multipartType,
        make: ({ bytes: content }) =>
          multipartFile({ field: "image", fileName: "digit", contentType, content }),
      },
      read: (json) => (isClassified(json) ? json : null),
    },
    grpc: {
      service: inferenceService,
      unary: "Predict",
      stream: { method: "PredictStream", matching: "order" },
      message: (_id, { bytes }) => ({ image: bytes }),
      read: (message) => ({ id: 0, output: message as Classified }),
    },
  };
}

function digitImages(): WorkInput[] {
  return Array.from({ length: 10 }, (_, digit) => ({
    bytes: readFileSync(join(projectRoot, "data", "images", "digits", `${digit}.png`)),
    contentType: "image/png",
    answer: String(digit),
  }));
}

function isClassified(json: unknown): json is Classified {
  const { label, confidence, inference_ms } = (json ?? {}) as Record<string, unknown>;
  return typeof label === "string" && typeof confidence === "number" && typeof inference_ms === "number";
}
