import { type ClientWritableStream, Metadata } from "@grpc/grpc-js";
import type { OwnArm } from "../arm.js";
import { openGrpcCallers } from "./grpc-caller.js";
import { serverWindowBytes, wholeMessagesOnly } from "./grpc-channel.js";

/** One gRPC client stream a call by grpc-js: the input in messages of a chunk each, one answer at the end. */
export const grpcChunksArm: OwnArm = {
  name: "grpc-chunks",
  language: "typescript",
  protocol: "grpc",
  client: "grpc-js, a client stream of chunks for every call, on one channel",
  notMeasured: { firstByteMs: wholeMessagesOnly },
  fits: ({ grpc }) => grpc.chunks !== undefined,
  path: { newConnection: false, windowBytes: serverWindowBytes },
  connections: () => 1,
  open(options) {
    const { chunks } = options.workload.grpc;
    if (chunks === undefined) throw new Error(`${options.workload.name} is not sent in chunks`);
    return openGrpcCallers(options, {
      method: chunks.method,
      send: (input, { client, path, codec }, onAnswer) => {
        const stream = client.makeClientStreamRequest<object, object>(
          path,
          codec.serialize,
          codec.deserialize,
          new Metadata(),
          onAnswer,
        );
        writeAll(stream, chunks.messages(input).values());
        return stream;
      },
    });
  },
};

/** Writes all messages and ends, no more at a time than the stream takes: what waits would only fill memory. */
export function writeAll(
  stream: Pick<ClientWritableStream<object>, "write" | "once" | "end">,
  messages: IterableIterator<object>,
): void {
  for (const message of messages) {
    if (!stream.write(message)) {
      stream.once("drain", () => writeAll(stream, messages));
      return;
    }
  }
  stream.end();
}
