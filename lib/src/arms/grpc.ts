import { Metadata } from "@grpc/grpc-js";
import type { Arm } from "./arm.js";
import { openGrpcCallers } from "./grpc-caller.js";
import { serverWindowBytes } from "./grpc-channel.js";

/** gRPC unary calls by grpc-js, all callers on one channel, as a generated client does it. */
export const grpcArm = arm({ name: "grpc", client: "grpc-js, unary calls on one channel" });

/** The same with a channel a caller, as REST has a connection a caller. */
export const grpcOwnConnectionArm = arm({
  name: "grpc-own-connection",
  client: "grpc-js, unary calls, one channel a caller",
  ownChannels: true,
});

function arm({
  name,
  client,
  ownChannels = false,
}: {
  name: string;
  client: string;
  ownChannels?: boolean;
}): Arm {
  return {
    name,
    protocol: "grpc",
    client,
    notMeasured: { firstByteMs: "grpc-js hands a message over when all of it has arrived" },
    path: { newConnection: false, windowBytes: serverWindowBytes },
    connections: (callers) => (ownChannels ? callers : 1),
    open(options) {
      const { unary, message } = options.workload.grpc;
      const metadata = new Metadata();
      return openGrpcCallers(
        options,
        {
          method: unary,
          send: (input, { client, path, codec }, onAnswer) =>
            client.makeUnaryRequest<object, object>(
              path,
              codec.serialize,
              codec.deserialize,
              message(0, input),
              metadata,
              onAnswer,
            ),
        },
        { ownChannels },
      );
    },
  };
}
