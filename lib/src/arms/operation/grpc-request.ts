import { Metadata } from "@grpc/grpc-js";
import { WirelabError } from "../../errors.js";
import { kindOf, type MethodData } from "./method.js";
import type { OperationInputs } from "./opening.js";
import type { GrpcOperation, Json } from "./operation.js";
import { rejectWritten, rejectWrittenIn } from "./secrets.js";
import {
  combined,
  fixedOf,
  jsonTemplate,
  type Template,
  type TemplateOptions,
  textTemplate,
} from "./template.js";
import { type CallerPlace, callValues, readNamed } from "./values.js";

/** How one call of a gRPC operation is asked, from its values. */
export interface GrpcTemplates {
  readonly metadata: Template<Record<string, string>>;
  readonly messages: readonly Template<Json>[];
}

/** Compiles an operation's messages and metadata; throws `usage` for what cannot be sent, with its place. */
export function grpcTemplates(
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
    const inText = (text: string) => printable(text, place);
    return [name, textTemplate(value, { ...options, where: place }, inText)] as const;
  });
  return combined(entries);
}

function printable(text: string, place: string): string {
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

/** What goes out in one call. */
export interface Request {
  readonly metadata: Metadata;
  readonly messages: readonly object[];
}

/** Makes a caller's requests: what does not change is made once, as a program would keep it. */
export function requestMaker(
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
