import { InvalidRequest } from "../work/invalid-request.js";

/** The named field of a JSON body; `undefined` when it isn't there. */
export function field(body: unknown, name: string): unknown {
  if (body === undefined) {
    throw new InvalidRequest("The request has no JSON body: send one, with Content-Type: application/json.");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new InvalidRequest("The body must be a JSON object.");
  }
  return Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined;
}
