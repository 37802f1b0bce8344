import { credentials } from "@grpc/grpc-js";
import { type ImageAnswer, ImagesClient } from "../contracts.js";
import type { RunningBoth } from "../serve.js";
import { answerOf } from "./answer-of.js";
import { grpcOutcome, type Outcome, restOutcome } from "./outcome.js";

export type SendImage = (image: Buffer) => Promise<Outcome<ImageAnswer>>;

/** Every way of sending an image, by name; `close` ends the gRPC client. */
export function imageForms({ restUrl, grpcAddress }: RunningBoth) {
  const client = new ImagesClient(grpcAddress, credentials.createInsecure(), { "grpc.enable_http_proxy": 0 });
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    restOutcome<ImageAnswer>(fetch(`${restUrl}/image`, { method: "POST", body, headers }));
  const forms: Record<"raw" | "form" | "json" | "unary" | "chunks", SendImage> = {
    raw: (image) => post(new Uint8Array(image), { "content-type": "image/jpeg" }),
    form: (image) => post(formOf("image", image)),
    json: (image) => post(jsonOf(image), { "content-type": "application/json" }),
    unary: (image) => grpcOutcome(answerOf((callback) => client.Measure({ image }, callback))),
    chunks: (image) =>
      grpcOutcome(
        answerOf((callback) => {
          const call = client.MeasureChunks(callback);
          const half = Math.ceil(image.length / 2);
          call.write({ image: image.subarray(0, half) });
          call.end({ image: image.subarray(half) });
        }),
      ),
  };
  return { ...forms, post, close: () => client.close() };
}

export function formOf(field: string, image: Buffer): FormData {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(image)]), "photo.jpg");
  return form;
}

export function jsonOf(image: Buffer): string {
  return JSON.stringify({ image: image.toString("base64") });
}
