import { type IncrementerHandlers, type IncrementMessage, incrementerService } from "../contracts.js";
import { stream, unary } from "../grpc/handlers.js";
import type { GrpcWork } from "../served-work.js";
import { increment } from "../work/increment.js";

const incrementMessage = ({ id, value }: IncrementMessage) => ({ id, value: increment(value) });

export const grpcWork: GrpcWork = {
  service: incrementerService,
  handlers: ({ plantedDelay }): IncrementerHandlers => ({
    Increment: unary(plantedDelay, incrementMessage),
    IncrementStream: stream(plantedDelay, incrementMessage),
  }),
};
