import { z } from "zod";
import { WirelabError } from "../../errors.js";

/** JSON as a value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

// Named, because what zod infers of its own is too deep to be compared.
const json: z.ZodType<Json> = z.json();
const count = z.number().int().min(0);
const texts = z.record(z.string(), z.string());

/** What an answer must be; one that is not makes a failed call. */
const expected = z.strictObject({
  /** HTTP statuses (default: 200 to 299), or the name of a gRPC status (default: `OK`). */
  status: z.union([z.number().int(), z.array(z.number().int()).min(1), z.string()]).optional(),
  /** Path in the JSON of the answer, like `items.0.id` (`$` for all of it), and what stands there. */
  json: z.record(z.string(), json).optional(),
  /** Text that stands in the body. */
  contains: z.string().min(1).optional(),
  /** Bytes of the body, or of all messages of a gRPC answer. */
  sizeBytes: z.union([count, z.strictObject({ least: count, most: count })]).optional(),
  /** How many messages a gRPC stream answers with. */
  messages: count.optional(),
});

const encryption = z.strictObject({
  /** PEM file of the authorities to trust. Default: those that Node trusts. */
  caFile: z.string().optional(),
  /** PEM files of the client's own certificate and key, where the server asks for one. */
  certFile: z.string().optional(),
  keyFile: z.string().optional(),
  /** The name that the server's certificate is for, where the address is another. */
  name: z.string().optional(),
});

const common = {
  /** CSV file with a header; `{{row.NAME}}` is a cell of its next row. */
  rows: z.string().optional(),
  expect: expected.default({}),
};

const rest = z.strictObject({
  kind: z.literal("rest"),
  url: z.string(),
  /** Default: GET, or POST where there is a body. */
  method: z
    .string()
    .regex(/^[A-Z]+$/, "give an HTTP method in capitals, like POST")
    .optional(),
  headers: texts.default({}),
  /** Text as it is; any other JSON is written anew for every call. */
  body: json.optional(),
  /** File that is sent as it is. */
  bodyFile: z.string().optional(),
  /** Text file in which placeholders are filled in for every call. */
  template: z.string().optional(),
  tls: encryption.optional(),
  ...common,
});

const message = z.record(z.string(), json);

const grpc = z.strictObject({
  kind: z.literal("grpc"),
  /** Host and port. */
  target: z.string(),
  /** Like `package.Service/Method`. */
  method: z.string(),
  /** Left out, the server is asked by reflection. */
  protoFiles: z.array(z.string()).min(1).optional(),
  /** Folders in which imports are looked for, besides those of `protoFiles`. */
  includeDirs: z.array(z.string()).optional(),
  message: message.optional(),
  /** What a client or two-way stream sends, one after another. */
  messages: z.array(message).min(1).optional(),
  /** JSON file that holds the message, or the messages. */
  messageFile: z.string().optional(),
  metadata: texts.default({}),
  /** How a two-way stream takes turns: each message waits for the answer to the one before, or all are sent and then all is read. */
  turns: z.enum(["one-by-one", "all-then-read"]).default("one-by-one"),
  /** Told to the server with every call. Default: none. */
  deadlineMs: z.number().positive().optional(),
  /** Encrypted, with what Node trusts (`true`) or with files. Default: in the clear. */
  tls: z.union([z.literal(true), encryption]).optional(),
  ...common,
});

/** What `run.json` and a service's file hold of an operation. */
export const operationSchema = z.discriminatedUnion("kind", [rest, grpc]);

/** What an answer must be. */
export type Expected = Readonly<z.infer<typeof expected>>;
/** Files of PEM that encrypted calls need. */
export type EncryptionFiles = Readonly<z.infer<typeof encryption>>;
/** A REST endpoint: where it is, how it is asked, what it must answer. */
export type RestOperation = Readonly<z.infer<typeof rest>>;
/** The same of a gRPC method. */
export type GrpcOperation = Readonly<z.infer<typeof grpc>>;
/** One of them, as data: a client process is told it, and `run.json` holds it; secrets stand in it as `${NAME}` only. */
export type Operation = RestOperation | GrpcOperation;

/** As a notebook writes them: what has a default may be left out. */
export type RestOptions = Omit<z.input<typeof rest>, "kind">;
export type GrpcOptions = Omit<z.input<typeof grpc>, "kind">;

/** Reads `value` as an operation; throws a `usage` error that begins with `where` and names the place inside it. */
export function parseOperation(value: unknown, where: string): Operation {
  const parsed = operationSchema.safeParse(value);
  if (parsed.success) return checked(parsed.data, where);
  const [issue] = parsed.error.issues;
  const at = [where, ...(issue?.path ?? [])].join(".");
  throw new WirelabError("usage", `${at}: ${issue?.message ?? "it is no operation"}.`);
}

function checked(operation: Operation, where: string): Operation {
  const given =
    operation.kind === "rest"
      ? { body: operation.body, bodyFile: operation.bodyFile, template: operation.template }
      : { message: operation.message, messages: operation.messages, messageFile: operation.messageFile };
  const several = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (several.length > 1) {
    throw new WirelabError("usage", `${where} has ${several.join(" and ")}: give one of them.`);
  }
  const { tls, kind, expect } = operation;
  const texted = typeof expect.status === "string";
  if (expect.status !== undefined && texted !== (kind === "grpc")) {
    const form =
      kind === "grpc" ? 'the name of a gRPC status, like "NOT_FOUND"' : "a number, like 201, or several";
    throw new WirelabError("usage", `${where}.expect.status: give ${form}.`);
  }
  if (typeof tls === "object" && (tls.certFile === undefined) !== (tls.keyFile === undefined)) {
    throw new WirelabError("usage", `${where}.tls: a client's certFile and its keyFile go together.`);
  }
  return operation;
}

/** Like `GET http://127.0.0.1:8080/items` or `shop.Cart/Checkout at 127.0.0.1:50051`: how sentences name it. */
export function sayOperation(operation: Operation): string {
  return operation.kind === "rest"
    ? `${httpMethod(operation)} ${operation.url}`
    : `${operation.method} at ${operation.target}`;
}

/** The HTTP method of an operation. */
export function httpMethod({ method, body, bodyFile, template }: RestOperation): string {
  return method ?? ((body ?? bodyFile ?? template) === undefined ? "GET" : "POST");
}

/**
 * What its answers are held to, so that equal texts are equal answers: the values wherever they stand, the text, how many messages.
 * Null where it is held to a status or a size alone, or to values that any answer may have.
 */
export function answerOf({ expect: { json = {}, contains, messages } }: Operation): string | null {
  if (contains === undefined && !Object.values(json).some(tellsAnswers)) return null;
  const values = Object.values(json).map((value) => JSON.stringify(value));
  return JSON.stringify({ values: values.sort(), contains, messages });
}

/** What says yes, no or nothing stands in answers to different questions. */
function tellsAnswers(value: Json): boolean {
  if (value === null || typeof value === "boolean") return false;
  if (typeof value === "object") return Object.keys(value).length > 0;
  return value !== "";
}
