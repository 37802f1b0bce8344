import fc from "fast-check";
import { expect, test } from "vitest";
import { increment } from "./increment.js";
import { InvalidRequest } from "./invalid-request.js";

test("adds one to every int32 but the largest", () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 2 }), (value) => increment(value) === value + 1),
    { seed: 3 },
  );
  expect(increment(-1)).toBe(0);
  expect(increment(2 ** 31 - 2)).toBe(2 ** 31 - 1);
});

test.each([
  [2 ** 31 - 1, /one more does not fit/],
  [2 ** 31, /between -2147483648 and 2147483647/],
  [-(2 ** 31) - 1, /between/],
  [Number.NaN, /it is NaN/],
  [Number.POSITIVE_INFINITY, /it is Infinity/],
  [1.5, /it is 1.5/],
  ["1", /it is text/],
  [null, /it is null/],
  [undefined, /it is missing/],
  [true, /it is a boolean/],
  [[1], /it is a list/],
  [{ value: 1 }, /it is an object/],
])("refuses %j with a sentence", (value, sentence) => {
  expect(() => increment(value)).toThrow(InvalidRequest);
  expect(() => increment(value)).toThrow(sentence);
});
