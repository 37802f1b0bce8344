import { describe } from "./describe.js";
import { InvalidRequest } from "./invalid-request.js";

/**
 * Adds two numbers: post 000's first work.
 * Throws {@link InvalidRequest} when one is no finite number, or when the sum is none.
 */
export function add(a: unknown, b: unknown): number {
  const sum = finite("a", a) + finite("b", b);
  if (!Number.isFinite(sum)) {
    throw new InvalidRequest(`a is ${a} and b is ${b}: their sum does not fit into a double.`);
  }
  return sum;
}

function finite(name: string, value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new InvalidRequest(`${name} must be a finite number, and it is ${describe(value)}.`);
  }
  return value;
}
