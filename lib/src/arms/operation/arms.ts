import type { OperationArm } from "../arm.js";

const facts = { language: "typescript", opens: "operation", path: null } as const;

/** A REST endpoint of somebody's, called as the operation says. */
export const restOperationArm: OperationArm = {
  ...facts,
  name: "operation-rest",
  protocol: "rest",
  client: "undici dispatch, one kept-alive connection a caller",
  notMeasured: {},
};

/** A gRPC method of somebody's, of any of the four kinds. */
export const grpcOperationArm: OperationArm = {
  ...facts,
  name: "operation-grpc",
  protocol: "grpc",
  client: "grpc-js, one channel for all callers",
  notMeasured: {},
  connections: () => 1,
};
