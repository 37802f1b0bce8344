import { once } from "node:events";
import { credentials } from "@grpc/grpc-js";
import { InferenceClient, type PredictAnswer } from "../contracts.js";
import type { RunningBoth } from "../serve.js";
import { answerOf } from "./answer-of.js";
import { formOf, jsonOf } from "./image-forms.js";
import { grpcOutcome, type Outcome, restOutcome } from "./outcome.js";

export type SendDigit = (image: Buffer) => Promise<Outcome<PredictAnswer>>;

/** Every way of sending a picture to be classified, by name; `close` ends the gRPC client. */
export function predictForms({ restUrl, grpcAddress }: RunningBoth) {
  const client = new InferenceClient(grpcAddress, credentials.createInsecure(), {
    "grpc.enable_http_proxy": 0,
  });
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    restOutcome<PredictAnswer>(fetch(`${restUrl}/predict`, { method: "POST", body, headers }));
  const forms: Record<"raw" | "form" | "json" | "unary" | "stream", SendDigit> = {
    raw: (image) => post(new Uint8Array(image), { "content-type": "image/png" }),
    form: (image) => post(formOf("image", image)),
    json: (image) => post(jsonOf(image), { "content-type": "application/json" }),
    unary: (image) => grpcOutcome(answerOf((callback) => client.Predict({ image }, callback))),
    stream: async (image) => {
      const call = client.PredictStream();
      call.end({ image });
      return grpcOutcome(once(call, "data").then(([answer]) => answer as PredictAnswer));
    },
  };
  return { ...forms, post, client, close: () => client.close() };
}
