import { expect, test } from "vitest";
import type { Estimate } from "../interval.js";
import { createRandom, type Random } from "../random.js";
import { wilsonInterval } from "../resampling/share-interval.js";
import { studentQuantile } from "../resampling/student.js";
import { contrastEstimate } from "./contrast.js";
import { differenceOfEstimates, ratioOfEstimates } from "./ratio-of-estimates.js";

function estimate(value: number, low: number, high: number): Estimate {
  return { value, low, high, confidence: 0.99 };
}

// Newcombe 1998, Statistics in Medicine 17:873, table II, method 10.
test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [10, 10, 0, 20, 0.6791, 1],
])("a difference of %i/%i and %i/%i has the published interval", (a, m, b, n, low, high) => {
  const found = differenceOfEstimates(wilsonInterval(a, m, 0.95), wilsonInterval(b, n, 0.95));
  expect(found.low).toBeCloseTo(low, 3);
  expect(found.high).toBeCloseTo(high, 3);
});

test("a ratio and its inverse are one", () => {
  const [two, one] = [estimate(2, 1.8, 2.3), estimate(1, 0.95, 1.04)];
  const [ratio, inverse] = [ratioOfEstimates(two, one), ratioOfEstimates(one, two)];
  expect(ratio.value).toBeCloseTo(2, 12);
  expect(ratio.low * inverse.high).toBeCloseTo(1, 12);
  expect(ratio.high * inverse.low).toBeCloseTo(1, 12);
});

test("where one number is exact the other's interval is the ratio's", () => {
  expect(ratioOfEstimates(estimate(2, 1.5, 3), estimate(1, 1, 1))).toMatchObject({
    low: expect.closeTo(1.5, 12),
    high: expect.closeTo(3, 12),
  });
});

test("an interval that reaches 0 leaves the ratio open, and 0 has none", () => {
  expect(ratioOfEstimates(estimate(1, -0.5, 2), estimate(1, 1, 1)).low).toBe(0);
  expect(ratioOfEstimates(estimate(1, 1, 1), estimate(1, 0, 2)).high).toBe(Number.POSITIVE_INFINITY);
  expect(() => ratioOfEstimates(estimate(0, 0, 1), estimate(1, 1, 1))).toThrow(RangeError);
});

test("it is about as wide as the bootstrap of two runs together, and no narrower than a tenth less", () => {
  const random = createRandom(5);
  const runs = [8, 8].map((pairs) =>
    Array.from({ length: pairs }, () => Array.from({ length: 6 }, () => normal(random) * 0.1)),
  );
  const [a = [], b = []] = runs;
  const alone = (terms: number[][], seed: number) => contrastEstimate([terms], { seed });
  const ratio = ratioOfEstimates(alone(a, 1), alone(b, 2));
  const together = contrastEstimate([a, b.map((pair) => pair.map((term) => -term))], { seed: 3 });
  expect(ratio.value).toBeCloseTo(together.value, 9);
  const width = ({ low, high }: Estimate) => Math.log(high / low);
  expect(width(ratio) / width(together)).toBeGreaterThan(0.9);
  expect(width(ratio) / width(together)).toBeLessThan(1.4);
});

test.each([
  [3, 3],
  [5, 20],
  [20, 20],
])("of %i and %i values it covers the true ratio at least as often as it says", (m, n) => {
  const random = createRandom(m + n);
  const trials = 4000;
  let covered = 0;
  for (let i = 0; i < trials; i++) {
    const { low, high } = ratioOfEstimates(meanOf(random, m, 0.3), meanOf(random, n, 0.1));
    if (low <= 1 && high >= 1) covered++;
  }
  // Two deviations of so many trials below 99 %.
  expect(covered / trials).toBeGreaterThan(0.9868);
});

/** A geometric mean of log-normal values around 1, with its Student interval. */
function meanOf(random: Random, n: number, spread: number): Estimate {
  const values = Array.from({ length: n }, () => normal(random) * spread);
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const reach = studentQuantile(0.995, n - 1) * Math.sqrt(variance / n);
  return estimate(Math.exp(mean), Math.exp(mean - reach), Math.exp(mean + reach));
}

/** Box & Muller 1958. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
