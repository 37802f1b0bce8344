import { describe } from "./describe.js";
import { InvalidRequest } from "./invalid-request.js";

const int32Min = -2_147_483_648;
const int32Max = 2_147_483_647;

/**
 * Adds one to an int32: post 003's work.
 * Throws {@link InvalidRequest} when `value` is no int32, or when the answer would be none.
 */
export function increment(value: unknown): number {
  if (typeof value !== "number" || !Number.isInteger(value)) {
    throw new InvalidRequest(`value must be a whole number, and it is ${describe(value)}.`);
  }
  if (value < int32Min || value > int32Max) {
    throw new InvalidRequest(`value must lie between ${int32Min} and ${int32Max}, and it is ${value}.`);
  }
  if (value === int32Max) {
    throw new InvalidRequest(`value is ${int32Max}, the largest int32: one more does not fit.`);
  }
  return value + 1;
}
