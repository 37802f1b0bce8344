import { type MathServiceHandlers, mathService } from "../contracts.js";
import { unary } from "../grpc/handlers.js";
import type { GrpcWork } from "../served-work.js";
import { timedFactorial } from "./timed-factorial.js";

export const grpcWork: GrpcWork = {
  service: mathService,
  handlers: ({ plantedDelay }): MathServiceHandlers => ({
    CalculateFactorial: unary(plantedDelay, ({ number }) => timedFactorial(number)),
  }),
};
