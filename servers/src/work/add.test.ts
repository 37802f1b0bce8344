import fc from "fast-check";
import { expect, test } from "vitest";
import { add } from "./add.js";
import { InvalidRequest } from "./invalid-request.js";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

test("adds any two numbers whose sum is finite, and refuses the others", () => {
  fc.assert(
    fc.property(finite, finite, (a, b) => {
      if (Number.isFinite(a + b)) expect(add(a, b)).toBe(a + b);
      else expect(() => add(a, b)).toThrow(InvalidRequest);
    }),
    { seed: 5 },
  );
  expect(() => add(Number.MAX_VALUE, Number.MAX_VALUE)).toThrow(/sum does not fit/);
});

test.each([
  [Number.NaN, /it is NaN/],
  [Number.NEGATIVE_INFINITY, /it is -Infinity/],
  ["1", /it is text/],
  [null, /it is null/],
  [undefined, /it is missing/],
  [1n, /it is a bigint/],
])("refuses %s as either term, by its name", (value, sentence) => {
  for (const [name, sum] of [
    ["a", () => add(value, 1)],
    ["b", () => add(1, value)],
  ] as const) {
    expect(sum).toThrow(InvalidRequest);
    expect(sum).toThrow(sentence);
    expect(sum).toThrow(new RegExp(`^${name} must be a finite number`));
  }
});
