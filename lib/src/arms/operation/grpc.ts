import { type CallOptions, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import type protobuf from "protobufjs";
import { WirelabError } from "../../errors.js";
import { type GrpcTalk, type OnAnswer, openGrpcTalkers, type Sending } from "../grpc-caller.js";
import { writeAll } from "../grpc-chunks.js";
import { converse, type Heard, hear } from "./converse.js";
import { mismatch, type Observed } from "./expect.js";
import { toFields } from "./message.js";
import { kindOf, type MethodData, typesOf } from "./method.js";
import type { OpenOperation, OperationInputs, Outcome } from "./opening.js";
import type { GrpcOperation, Json } from "./operation.js";
import { combined } from "./rest.js";
import { rejectWritten, rejectWrittenIn, type Secrets } from "./secrets.js";
import {
  fixedOf,
  jsonTemplate,
  type Template,
  type TemplateOptions,
  textTemplate,
  within,
} from "./template.js";
import { type CallerPlace, callValues, readNamed } from "./values.js";

/** How one call of a gRPC operation is asked, from its values. */
interface GrpcTemplates {
  readonly metadata: Template<Record<string, string>>;
  readonly messages: readonly Template<Json>[];
}

/** Compiles an operation's messages and metadata; throws `usage` for what cannot be sent, with its place. */
function grpcTemplates(
  operation: GrpcOperation,
  method: MethodData,
  options: TemplateOptions,
): GrpcTemplates {
  const given = messagesOf(operation, method, options.where);
  // What stands in a file is not kept.
  if (operation.messageFile === undefined) for (const { json, at } of given) rejectWrittenIn(json, at);
  const messages = given.map(({ json, at }) => jsonTemplate(json, { ...options, where: at }));
  return { metadata: metadataTemplate(operation, options), messages };
}

/** What goes with the first call of an operation, for what else its server is asked. */
export function firstMetadata(operation: GrpcOperation, { rows, template }: OperationInputs): Metadata {
  const values = callValues({ caller: 0, callers: 1, seed: 0 }, rows);
  return toMetadata(metadataTemplate(operation, template).make(values()));
}

function metadataTemplate(
  { metadata }: GrpcOperation,
  options: TemplateOptions,
): Template<Record<string, string>> {
  const entries = Object.entries(metadata).map(([name, value]) => {
    const place = `${options.where}.metadata.${name}`;
    if (!/^[\w.-]+$/.test(name) || /^(grpc-|:|content-type$|te$)/i.test(name)) {
      throw new WirelabError("usage", `${place} is no metadata that can be given: leave it out.`);
    }
    rejectWritten(name, value, place);
    const inText = (text: string) => told(text, place);
    return [name, textTemplate(value, { ...options, where: place }, inText)] as const;
  });
  return combined(entries);
}

function told(text: string, place: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  throw new WirelabError("usage", `${place} gets a value that metadata cannot hold: printable ASCII only.`);
}

function messagesOf(
  { message, messages, messageFile }: GrpcOperation,
  method: MethodData,
  where: string,
): { readonly json: Json; readonly at: string }[] {
  const [json, at] =
    messageFile !== undefined
      ? [jsonFile(messageFile, `${where}.messageFile`), `${where}.messageFile`]
      : messages !== undefined
        ? [messages as Json, `${where}.messages`]
        : [(message ?? {}) as Json, `${where}.message`];
  if (!Array.isArray(json)) return [{ json, at }];
  if (!method.requestStream && json.length !== 1) {
    const kind = kindOf(method);
    throw new WirelabError(
      "usage",
      `${at}: ${method.path.slice(1)} (${kind}) takes one message, not ${json.length}.`,
    );
  }
  return json.map((one: Json, number) => ({ json: one, at: `${at}.${number}` }));
}

function jsonFile(path: string, where: string): Json {
  try {
    return JSON.parse(readNamed(path, where).toString()) as Json;
  } catch (cause) {
    if (cause instanceof WirelabError) throw cause;
    throw new WirelabError("usage", `${where}: ${path} is no JSON: ${(cause as Error).message}.`, { cause });
  }
}

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
          text: textOf(types.response, messages),
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

/** What goes out in one call. */
interface Request {
  readonly metadata: Metadata;
  readonly messages: readonly object[];
}

/** Makes a caller's requests: what does not change is made once, as a program would keep it. */
function requestMaker(
  { metadata, messages }: GrpcTemplates,
  encode: (json: Json) => object,
  { rows }: OperationInputs,
  place: CallerPlace,
): () => Request {
  const values = callValues(place, rows);
  const fixed = messages.map((message) => {
    const json = fixedOf(message);
    return message.changes ? null : encode(json);
  });
  const given = fixedOf(metadata);
  const always = given === null ? null : toMetadata(given);
  return () => {
    const of = values();
    return {
      metadata: always ?? toMetadata(metadata.make(of)),
      messages: messages.map((message, at) => fixed[at] ?? encode(message.make(of))),
    };
  };
}

/** A name that ends in `-bin` has bytes, given as base64. */
function toMetadata(texts: Readonly<Record<string, string>>): Metadata {
  const metadata = new Metadata();
  for (const [name, text] of Object.entries(texts)) {
    metadata.set(name, name.toLowerCase().endsWith("-bin") ? Buffer.from(text, "base64") : text);
  }
  return metadata;
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
  const read = messages.map((message) => type.toObject(message as protobuf.Message, asJson));
  const observed: Observed = {
    text: () => JSON.stringify(read),
    json: () => read.at(-1),
    sizeBytes: bytes,
    messages: messages.length,
  };
  return mismatch(expect, observed, secrets);
}

function textOf(type: protobuf.Type, messages: readonly object[]): () => string {
  return () => JSON.stringify(messages.map((message) => type.toObject(message as protobuf.Message, asJson)));
}
