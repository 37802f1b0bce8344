import fc from "fast-check";
import { expect, test } from "vitest";
import { factorial } from "./factorial.js";
import { InvalidRequest } from "./invalid-request.js";

test.each([
  [0, 1],
  [1, 1],
  [11, 39_916_800],
  [10_000, 6_388_460],
  [100_000, 20_163_673],
])("%d! mod 100000007 is %d", (number, result) => {
  expect(factorial(number)).toBe(result);
});

test("is the exact factorial's remainder, as one long multiplication has it", () => {
  let exact = 1n;
  for (let number = 0; number <= 400; number++) {
    if (number > 0) exact *= BigInt(number);
    expect(factorial(number)).toBe(Number(exact % 100_000_007n));
  }
});

test("grows by one factor at a time, at any size", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), (number) => {
      // Both factors are below 2^27, so their product is exact.
      expect(factorial(number)).toBe((factorial(number - 1) * number) % 100_000_007);
    }),
    { seed: 5, numRuns: 20 },
  );
});

test("takes the largest number and refuses the next", () => {
  let remainder = 1;
  for (let factor = 1; factor <= 200_000; factor++) remainder = (remainder * factor) % 100_000_007;
  expect(factorial(200_000)).toBe(remainder);
  expect(() => factorial(200_001)).toThrow("number must lie between 0 and 200000, and it is 200001.");
});

test.each([
  [-1, /between 0 and 200000, and it is -1/],
  [0.5, /whole number, and it is 0.5/],
  [Number.NaN, /it is NaN/],
  [Number.POSITIVE_INFINITY, /it is Infinity/],
  ["5", /it is text/],
  [5n, /it is a bigint/],
  [null, /it is null/],
  [undefined, /it is missing/],
])("refuses %s", (number, sentence) => {
  expect(() => factorial(number)).toThrow(InvalidRequest);
  expect(() => factorial(number)).toThrow(sentence);
});
