import { type PayloadServiceHandlers, payloadService } from "../contracts.js";
import { unary } from "../grpc/handlers.js";
import type { GrpcWork } from "../served-work.js";
import { payloadSize } from "../work/payload-size.js";

export const grpcWork: GrpcWork = {
  service: payloadService,
  handlers: ({ plantedDelay }): PayloadServiceHandlers => ({
    Send: unary(plantedDelay, ({ data }) => ({ size: payloadSize(data) })),
  }),
};
