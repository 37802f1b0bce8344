import { describe } from "./describe.js";
import { InvalidRequest } from "./invalid-request.js";

/** 200000! has 400 kB, and takes as long as a hundred times 10000!; all other callers wait meanwhile. */
const largest = 200_000;
const modulus = 100_000_007n;

/**
 * `number! mod 100000007`, of the exact factorial: post 004's work.
 * Throws {@link InvalidRequest} when `number` is no whole number from 0 to 200000.
 */
export function factorial(number: unknown): number {
  if (typeof number !== "number" || !Number.isInteger(number)) {
    throw new InvalidRequest(`number must be a whole number, and it is ${describe(number)}.`);
  }
  if (number < 0 || number > largest) {
    throw new InvalidRequest(`number must lie between 0 and ${largest}, and it is ${number}.`);
  }
  return Number(product(1, number) % modulus);
}

/** So few factors are faster one after another. */
const leaf = 16;

/** The product from `first` to `last` as a tree: factors of equal length multiply fast, and a plain loop has none. */
function product(first: number, last: number): bigint {
  if (last - first < leaf) {
    let all = 1n;
    for (let factor = first; factor <= last; factor++) all *= BigInt(factor);
    return all;
  }
  const middle = Math.floor((first + last) / 2);
  return product(first, middle) * product(middle + 1, last);
}
