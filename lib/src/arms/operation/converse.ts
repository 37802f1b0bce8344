import { type ClientDuplexStream, type ClientReadableStream, type ServiceError, status } from "@grpc/grpc-js";
import type { OnAnswer } from "../grpc/grpc-caller.js";
import { writeAll } from "../grpc/grpc-chunks.js";
import type { GrpcOperation } from "./operation.js";

/** What came of a call that ended with OK. */
export interface Heard {
  readonly messages: readonly object[];
  readonly firstByteAt: number;
}

/** Reads all messages of an answer until its end, which is the call's; `onMessage` is told of each. */
export function hear(
  stream: ClientReadableStream<object>,
  onAnswer: OnAnswer,
  onMessage: () => void = () => {},
): { cancel(): void } {
  const messages: object[] = [];
  let firstByteAt = Number.NaN;
  let failure: ServiceError | null = null;
  stream.on("data", (message: object) => {
    if (messages.length === 0) firstByteAt = performance.now();
    messages.push(message);
    onMessage();
  });
  stream.on("error", (error: ServiceError) => {
    failure = error;
  });
  const end = () => {
    const heard: Heard = { messages, firstByteAt };
    onAnswer(null, heard);
  };
  // The status always comes, but messages that arrived before it may still be handed out after it.
  stream.on("status", ({ code, details, metadata }) => {
    if (code === status.OK && stream.readableEnded) end();
    else if (code === status.OK) stream.once("end", end);
    else onAnswer(failure ?? Object.assign(new Error(details), { code, details, metadata }));
  });
  return stream;
}

/** A call over a two-way stream: from its opening until the server ends it, which it is asked to after the last message. */
export function converse(
  stream: ClientDuplexStream<object, object>,
  {
    messages,
    turns,
    onAnswer,
  }: {
    readonly messages: readonly object[];
    readonly turns: GrpcOperation["turns"];
    readonly onAnswer: OnAnswer;
  },
): { cancel(): void } {
  if (turns === "all-then-read") {
    writeAll(stream, messages.values());
    return hear(stream, onAnswer);
  }
  let sent = 0;
  const sendNext = () => {
    if (sent < messages.length) stream.write(messages[sent] as object);
    else if (sent === messages.length) stream.end();
    // What answers more than it was asked is not asked for more.
    sent++;
  };
  const call = hear(stream, onAnswer, sendNext);
  sendNext();
  return call;
}
