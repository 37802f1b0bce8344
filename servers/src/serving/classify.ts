import { type InferenceHandlers, inferenceService } from "../contracts.js";
import { asyncStream, asyncUnary } from "../grpc/handlers.js";
import { imageBody, imageOf } from "../rest/image-body.js";
import { asyncRoute } from "../rest/routes.js";
import type { ServedWork } from "../served-work.js";
import { loadClassifier } from "../work/classify.js";

/** Loads the model, which both protocols then share. */
export async function loadClassifyWork(): Promise<ServedWork> {
  const classify = await loadClassifier();
  const predict = async (image: Buffer) => {
    const { label, confidence, inferenceMs } = await classify(image);
    return { label, confidence, inference_ms: inferenceMs };
  };
  return {
    addRoute(app, { json, plantedDelay, maxMessageBytes }) {
      const answer = asyncRoute(plantedDelay, async (request) => predict(imageOf(request)));
      app.post("/predict", imageBody(json, maxMessageBytes), answer);
    },
    service: inferenceService,
    handlers: ({ plantedDelay }): InferenceHandlers => ({
      Predict: asyncUnary(plantedDelay, ({ image }) => predict(image)),
      PredictStream: asyncStream(plantedDelay, ({ image }) => predict(image)),
    }),
  };
}
