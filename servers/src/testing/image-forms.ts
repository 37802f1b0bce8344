import { credentials, type ServiceError, status } from "@grpc/grpc-js";
import { type ImageAnswer, ImagesClient } from "../contracts.js";
import type { RunningServers } from "../serve.js";
import { answerOf } from "./answer-of.js";

/** What a call came to, the same for both protocols. */
export type ImageOutcome =
  | { readonly answer: ImageAnswer }
  | { readonly refused: "invalid" | "too large" | number; readonly sentence: string };

export type SendImage = (image: Buffer) => Promise<ImageOutcome>;

/** Every way of sending an image, by name; `close` ends the gRPC client. */
export function imageForms({ restUrl, grpcAddress }: RunningServers) {
  const client = new ImagesClient(grpcAddress, credentials.createInsecure(), { "grpc.enable_http_proxy": 0 });
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    restOutcome(fetch(`${restUrl}/image`, { method: "POST", body, headers }));
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

async function restOutcome(answering: Promise<Response>): Promise<ImageOutcome> {
  const response = await answering;
  const json = (await response.json()) as ImageAnswer & { error: string };
  if (response.ok) return { answer: json };
  const refused = { 400: "invalid", 413: "too large" } as const;
  return {
    refused: refused[response.status as keyof typeof refused] ?? response.status,
    sentence: json.error,
  };
}

function grpcOutcome(answering: Promise<ImageAnswer>): Promise<ImageOutcome> {
  const refused: Partial<Record<status, "invalid" | "too large">> = {
    [status.INVALID_ARGUMENT]: "invalid",
    [status.RESOURCE_EXHAUSTED]: "too large",
  };
  return answering.then(
    (answer) => ({ answer }),
    ({ code, details }: ServiceError) => ({ refused: refused[code] ?? code, sentence: details }),
  );
}
