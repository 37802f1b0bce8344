import type { MethodDefinition, ServiceDefinition } from "@grpc/proto-loader";
import type { Number__Output as IncrementMessage } from "../generated/increment/Number.js";
import { loadProto } from "../proto-files.js";
import { increment } from "../work/increment.js";
import { InvalidRequest } from "../work/invalid-request.js";

// From the proto file itself: `contracts.ts` would load grpc-js, which is a rung of its own.
const { Increment: method } = loadProto("increment.proto")["increment.Incrementer"] as ServiceDefinition & {
  readonly Increment: MethodDefinition<object, object>;
};

/** Path of the call in gRPC's own terms. */
export const incrementPath = method.path;

/** The increment of a protobuf message, as another; throws `InvalidRequest` for what is none. */
export function incrementMessage(bytes: Buffer): Buffer {
  const { id, value } = decode(bytes);
  return method.responseSerialize({ id, value: increment(value) });
}

function decode(bytes: Buffer): IncrementMessage {
  try {
    return method.requestDeserialize(bytes) as IncrementMessage;
  } catch (error) {
    throw new InvalidRequest(`The body is no protobuf message of this call: ${(error as Error).message}.`);
  }
}
