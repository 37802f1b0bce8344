import { type CallOptions, type ServiceError, status } from "@grpc/grpc-js";
import type protobuf from "protobufjs";
import { WirelabError } from "../../errors.js";
import { type GrpcTalk, type OnAnswer, openGrpcTalkers, type Sending } from "../grpc/grpc-caller.js";
import { writeAll } from "../grpc/grpc-chunks.js";
import { converse, type Heard, hear } from "./converse.js";
import { mismatch, type Observed } from "./expect.js";
import { grpcTemplates, type Request, requestMaker } from "./grpc-request.js";
import { toFields } from "./message.js";
import { type MethodData, typesOf } from "./method.js";
import type { OpenOperation, OperationInputs, Outcome } from "./opening.js";
import type { GrpcOperation, Json } from "./operation.js";
import type { Secrets } from "./secrets.js";
import { within } from "./template.js";

/** Opens callers of a gRPC operation, all on one channel. */
export function openGrpc(
  operation: GrpcOperation,
  method: MethodData,
  options: OpenOperation & OperationInputs,
) {
  const types = typesOf(method);
  const templates = grpcTemplates(operation, method, options.template);
  const { where } = options.template;
  const encode = (json: Json) =>
    types.request.fromObject(toFields(types.request, json, within(options.template, "message")));
  const serialisers = {
    path: method.path,
    requestSerialize: (message: object) => Buffer.from(types.request.encode(message).finish()),
    responseDeserialize: (bytes: Buffer) => types.response.decode(bytes),
  };
  const wanted = expectedCode(operation, where);
  const talkOf = (number: number): GrpcTalk<null, Outcome> => {
    const make = requestMaker(templates, encode, options, options.place(number));
    return {
      method: serialisers,
      send: (_, sending, onAnswer) => send(operation, method, make(), sending, onAnswer),
      judge: (_, heard, answer) => {
        const { messages, firstByteAt } = heard as Heard;
        const bytes = answer.bytesReceived;
        const found = { messages, bytes, secrets: options.template.secrets };
        const details = wrongWith(operation, wanted, types.response, found);
        answer.firstByteAt = method.responseStream ? firstByteAt : Number.NaN;
        answer.output = {
          details: details ?? "",
          text: () => JSON.stringify(readAs(types.response, messages)),
          messages: messages.length,
        };
        answer.ok = details === null;
        answer.error = answer.ok ? "" : "CHECK";
      },
      judgeFailure: ({ code, details }: ServiceError, answer) => {
        answer.output = { details, text: () => "", messages: 0 };
        if (code !== wanted || answer.error !== status[code]) return;
        answer.ok = true;
        answer.error = "";
      },
    };
  };
  return openGrpcTalkers(options, talkOf);
}

function send(
  { turns, deadlineMs }: GrpcOperation,
  method: MethodData,
  { metadata, messages }: Request,
  { client, path, codec }: Sending,
  onAnswer: OnAnswer,
): { cancel(): void } {
  const { serialize, deserialize } = codec;
  const options: CallOptions = deadlineMs === undefined ? {} : { deadline: Date.now() + deadlineMs };
  const one = (error: ServiceError | null, message?: object) =>
    onAnswer(error, error === null ? { messages: [message], firstByteAt: Number.NaN } : undefined);
  const message = messages[0] ?? {};
  if (method.requestStream) {
    if (!method.responseStream) {
      const stream = client.makeClientStreamRequest(path, serialize, deserialize, metadata, options, one);
      writeAll(stream, messages.values());
      return stream;
    }
    const stream = client.makeBidiStreamRequest(path, serialize, deserialize, metadata, options);
    return converse(stream, { messages, turns, onAnswer });
  }
  if (!method.responseStream) {
    return client.makeUnaryRequest(path, serialize, deserialize, message, metadata, options, one);
  }
  return hear(
    client.makeServerStreamRequest(path, serialize, deserialize, message, metadata, options),
    onAnswer,
  );
}

function expectedCode({ expect }: GrpcOperation, where: string): number {
  if (expect.status === undefined) return status.OK;
  const code = status[expect.status as keyof typeof status];
  if (code !== undefined) return code;
  const names = Object.keys(status).filter((name) => /^[A-Z_]+$/.test(name));
  throw new WirelabError(
    "usage",
    `${where}.expect.status: there is no gRPC status ${expect.status}; there are ${names.join(", ")}.`,
  );
}

/** Names as in the .proto file, long numbers as text, bytes as base64: as proto-loader gives them to a program. */
const asJson = { longs: String, enums: String, bytes: String, defaults: true, oneofs: false } as const;

function wrongWith(
  { expect }: GrpcOperation,
  wanted: number,
  type: protobuf.Type,
  {
    messages,
    bytes,
    secrets,
  }: { readonly messages: readonly object[]; readonly bytes: number; readonly secrets: Secrets },
): string | null {
  if (wanted !== status.OK) return `it ended with OK, and ${expect.status} was expected`;
  // Read as a program would that uses them.
  const read = readAs(type, messages);
  const observed: Observed = {
    text: () => JSON.stringify(read),
    json: () => read.at(-1),
    sizeBytes: bytes,
    messages: messages.length,
  };
  return mismatch(expect, observed, secrets);
}

function readAs(type: protobuf.Type, messages: readonly object[]): object[] {
  return messages.map((message) => type.toObject(message as protobuf.Message, asJson));
}
