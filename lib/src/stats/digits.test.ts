import fc from "fast-check";
import { expect, test } from "vitest";
import { printsInside, sayDuration, sayFactor, sayNumber, sayPercent, sayRange } from "./digits.js";

test.each([
  [24.033, "24"],
  [0.7182, "0.718"],
  [29_268.7, "29,300"],
  [1.48245, "1.48"],
  [0.0000342, "0.0000342"],
])("%f is said as %s", (value, said) => {
  expect(sayNumber(value)).toBe(said);
});

test.each([
  [0.62, 0.66, "0.62 to 0.66"],
  [0.6209, 0.6601, "0.62 to 0.661"],
  [0.9999, 1.0501, "0.999 to 1.06"],
  [24, 24, "24"],
])("%f to %f is said as %s", (low, high, said) => {
  expect(sayRange(low, high)).toBe(said);
});

test("an interval that prints as one keeps its digits before times", () => {
  expect(sayFactor(1, 1)).toBe("1.00");
});

test("a printed interval covers the computed one, and what lies in it prints as lying in it", () => {
  const size = fc.double({ min: 1e-5, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(size, size, size, (a, b, c) => {
      const [low, middle, high] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
      const ends = sayRange(low, high)
        .split(" to ")
        .map((end) => Number(end.replaceAll(",", "")));
      expect(ends[0]).toBeLessThanOrEqual(low * (1 + 1e-12));
      expect(ends.at(-1)).toBeGreaterThanOrEqual(high * (1 - 1e-12));
      expect(printsInside(middle, low, high)).toBe(true);
    }),
    { seed: 7, numRuns: 500 },
  );
});

test.each([
  [79.757, "79.8 s"],
  [0.0079757, "7.98 ms"],
  [0.000108, "108 µs"],
])("%f s is said as %s", (durationS, said) => {
  expect(sayDuration(durationS)).toBe(said);
});

test("a share is said in percent", () => {
  expect(sayPercent(0.05)).toBe("5 %");
});
