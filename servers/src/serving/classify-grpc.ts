import { type InferenceHandlers, inferenceService } from "../contracts.js";
import { asyncStream, asyncUnary } from "../grpc/handlers.js";
import type { GrpcWork } from "../served-work.js";
import { predict } from "./predict.js";

export const grpcWork: GrpcWork = {
  service: inferenceService,
  handlers: ({ plantedDelay }): InferenceHandlers => ({
    Predict: asyncUnary(plantedDelay, ({ image }) => predict(image)),
    PredictStream: asyncStream(plantedDelay, ({ image }) => predict(image)),
  }),
};
