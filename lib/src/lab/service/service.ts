import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import {
  type GrpcOptions,
  type Operation,
  type operationSchema,
  parseOperation,
  type RestOptions,
} from "../../arms/operation/operation.js";
import { WirelabError } from "../../errors.js";
import { usualBounds } from "../../experiment/plan/service-bounds.js";

/**
 * An operation as a notebook writes it: what has a default may be left out.
 *
 * @example
 * const items: lab.OperationOptions = { kind: "rest", url: "http://127.0.0.1:8080/items", expect: { status: 200 } };
 */
export type OperationOptions = z.input<typeof operationSchema>;

/**
 * Somebody's servers, and what is asked of them.
 *
 * @example
 * const shop: lab.ServiceOptions = { operations: { items: lab.rest({ url: "http://127.0.0.1:8080/items" }) } };
 */
export interface ServiceOptions {
  /** By the names that tables show, from `rest` and `grpc`. */
  readonly operations: Readonly<Record<string, OperationOptions>>;
  /** Says that all of them do the same work, which the lab cannot know. Default: not known, unless each is held to an answer. */
  readonly sameWork?: boolean | undefined;
  /** Calls of a run that servers on other machines are asked at most, warm-up included. Default 2000. */
  readonly mostCalls?: number | undefined;
  /** The same a second. Default 20. */
  readonly mostPerSecond?: number | undefined;
}

/** A service whose operations have been checked, with files by whole paths; nothing has been called. */
export interface Service {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly sameWork: boolean;
  readonly bounds: { readonly mostCalls: number; readonly mostPerSecond: number };
}

/**
 * A REST endpoint as an operation of a service: where it is, how it is asked, what it must answer. `${NAME}` stands for an
 * environment variable, and is all that a run keeps of it. Checked when it is measured.
 *
 * @example
 * lab.rest({ url: "http://127.0.0.1:8080/items", headers: { authorization: "Bearer ${TOKEN}" }, expect: { status: 200 } });
 */
export function rest(options: RestOptions): OperationOptions {
  return { kind: "rest", ...options };
}

/**
 * A gRPC method as an operation of a service, known from .proto files or else by the server's reflection. `${NAME}` stands for an
 * environment variable, and is all that a run keeps of it. Checked when it is measured.
 *
 * @example
 * lab.grpc({ target: "127.0.0.1:50051", method: "shop.Items/List", message: { page: 1 }, metadata: { authorization: "Bearer ${TOKEN}" } });
 */
export function grpc(options: GrpcOptions): OperationOptions {
  return { kind: "grpc", ...options };
}

const serviceFile = z.strictObject({
  operations: z.record(z.string().min(1), z.unknown()),
  sameWork: z.boolean().optional(),
  mostCalls: z.number().int().positive().optional(),
  mostPerSecond: z.number().positive().optional(),
});

/** Reads a service from a JSON file, or as it was written in a notebook; throws a `usage` error that names the place. */
export function readService(given: string | ServiceOptions): Service {
  if (typeof given !== "string") return checkedService(given, { where: "service", folder: process.cwd() });
  return checkedService(jsonOf(given), { where: given, folder: dirname(resolve(given)) });
}

function jsonOf(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new WirelabError("usage", `${path} cannot be read (${code}): give the JSON file of a service.`, {
      cause,
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WirelabError("usage", `${path} is no JSON: ${(cause as Error).message}.`, { cause });
  }
}

function checkedService(
  given: unknown,
  { where, folder }: { readonly where: string; readonly folder: string },
): Service {
  const parsed = serviceFile.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = [where, ...(issue?.path ?? [])].join(": ");
    throw new WirelabError("usage", `${at}: ${issue?.message ?? "it is no service"}.`);
  }
  const { operations, sameWork = false, mostCalls, mostPerSecond } = parsed.data;
  const all = Object.entries(operations);
  if (all.length === 0) {
    throw new WirelabError("usage", `${where} has no operations: give one at least, by a name.`);
  }
  return {
    operations: Object.fromEntries(
      all.map(([name, one]) => [name, withPaths(parseOperation(one, `${where}: ${name}`), folder)]),
    ),
    sameWork,
    bounds: {
      mostCalls: mostCalls ?? usualBounds.mostCalls,
      mostPerSecond: mostPerSecond ?? usualBounds.mostPerSecond,
    },
  };
}

/** Fields that name a file or a folder, in an operation and in its `tls`. */
const paths = new Set([
  ...["bodyFile", "template", "messageFile", "rows", "protoFiles", "includeDirs"],
  ...["caFile", "certFile", "keyFile"],
]);

/** Paths count from the folder of the file that they stand in. */
function withPaths(operation: Operation, folder: string): Operation {
  const entries = Object.entries(operation).map(([name, value]) => {
    if (name === "tls" && typeof value === "object") return [name, absolute(value as object, folder)];
    return [name, value];
  });
  return absolute(Object.fromEntries(entries) as Operation, folder);
}

function absolute<T extends object>(fields: T, folder: string): T {
  const entries = Object.entries(fields).map(([name, value]) => {
    if (!paths.has(name)) return [name, value];
    if (Array.isArray(value)) return [name, value.map((path: string) => resolve(folder, path))];
    return [name, typeof value === "string" ? resolve(folder, value) : value];
  });
  return Object.fromEntries(entries) as T;
}
