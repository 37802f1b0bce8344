import { InterceptingCall, type Interceptor, Metadata } from "@grpc/grpc-js";
import type { ArmOptions, CallingArm, OwnArm } from "../arm.js";
import { type GrpcCallersOptions, openGrpcCallers } from "./grpc-caller.js";
import { serverWindowBytes, wholeMessagesOnly } from "./grpc-channel.js";

/** gRPC unary calls by grpc-js, all callers on one channel, as a generated client does it. */
export const grpcArm = arm({ name: "grpc", client: "grpc-js, unary calls on one channel" });

/** The same with a channel a caller, as REST has a connection a caller. */
export const grpcOwnConnectionArm = arm({
  name: "grpc-own-connection",
  client: "grpc-js, unary calls, one channel a caller",
  ownChannels: true,
});

/** The same with an interceptor that passes everything on: a rung of the ladder. */
export const grpcInterceptorArm: OwnArm = {
  ...arm({
    name: "grpc-interceptor",
    client: "grpc-js, unary calls on one channel through an interceptor that does nothing",
    interceptors: [(options, nextCall) => new InterceptingCall(nextCall(options))],
  }),
  fits: ({ name }) => name === "increment",
};

function arm({
  name,
  client,
  ownChannels = false,
  interceptors = [],
}: {
  name: string;
  client: string;
  ownChannels?: boolean;
  interceptors?: readonly Interceptor[];
}): OwnArm {
  return {
    name,
    language: "typescript",
    protocol: "grpc",
    client,
    notMeasured: { firstByteMs: wholeMessagesOnly },
    path: { newConnection: false, windowBytes: serverWindowBytes },
    connections: (callers) => (ownChannels ? callers : 1),
    open: (options) => openUnaryCallers(options, { ownChannels, interceptors }),
  };
}

/** Opens callers that make unary calls by grpc-js. */
export function openUnaryCallers<Input, Output>(
  options: ArmOptions<Input, Output>,
  how: GrpcCallersOptions,
): CallingArm<Input, Output> {
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
    how,
  );
}
