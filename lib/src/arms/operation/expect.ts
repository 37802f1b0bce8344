import { isDeepStrictEqual } from "node:util";
import type { Expected } from "./operation.js";
import type { Secrets } from "./secrets.js";

/** What came back, as far as an operation is held to it. */
export interface Observed {
  /** The whole body, or the messages of a gRPC answer as JSON. */
  readonly text: () => string;
  /** The body's JSON, or the last message; undefined where it is none. */
  readonly json: () => unknown;
  readonly sizeBytes: number;
  /** Messages of a gRPC answer; null for REST. */
  readonly messages: number | null;
}

/** What is wrong with an answer, as the end of a sentence; null where it is as expected. */
export function mismatch(
  { json, contains, sizeBytes, messages }: Expected,
  observed: Observed,
  secrets: Secrets,
): string | null {
  if (sizeBytes !== undefined && !fits(observed.sizeBytes, sizeBytes)) {
    const wanted = typeof sizeBytes === "number" ? `${sizeBytes}` : `${sizeBytes.least} to ${sizeBytes.most}`;
    return `it has ${observed.sizeBytes} bytes, and ${wanted} were expected`;
  }
  if (messages !== undefined && observed.messages !== null && observed.messages !== messages) {
    return `it has ${observed.messages} messages, and ${messages} were expected`;
  }
  if (contains !== undefined && !observed.text().includes(contains)) {
    return `it does not contain ${JSON.stringify(contains)}`;
  }
  for (const [path, wanted] of Object.entries(json ?? {})) {
    const found = at(observed.json(), path);
    if (!isDeepStrictEqual(found, wanted)) {
      const short = (value: unknown) => secrets.beginningOf(JSON.stringify(value) ?? String(value), 80);
      const there = found === undefined ? "there is nothing" : `there is ${short(found)}`;
      return `at ${path} ${there}, and ${short(wanted)} was expected`;
    }
  }
  return null;
}

function fits(bytes: number, wanted: NonNullable<Expected["sizeBytes"]>): boolean {
  if (typeof wanted === "number") return bytes === wanted;
  return bytes >= wanted.least && bytes <= wanted.most;
}

/** What stands at a path like `items.0.id`; a name may hold dots where nothing shorter is there. */
function at(json: unknown, path: string): unknown {
  if (path === "$") return json;
  if (json === null || typeof json !== "object") return undefined;
  if (Object.hasOwn(json, path)) return (json as Record<string, unknown>)[path];
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0 || !Object.hasOwn(json, name)) return undefined;
  return at((json as Record<string, unknown>)[name], rest.join("."));
}
