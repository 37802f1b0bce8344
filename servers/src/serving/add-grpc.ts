import { type CalculatorHandlers, calculatorService } from "../contracts.js";
import { unary } from "../grpc/handlers.js";
import type { GrpcWork } from "../served-work.js";
import { add } from "../work/add.js";

export const grpcWork: GrpcWork = {
  service: calculatorService,
  handlers: ({ plantedDelay }): CalculatorHandlers => ({
    Add: unary(plantedDelay, ({ a, b }) => ({ sum: add(a, b) })),
  }),
};
