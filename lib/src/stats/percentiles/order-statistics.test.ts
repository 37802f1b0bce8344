import fc from "fast-check";
import { binomialDistribution } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { percentileRanks, smallestSample } from "./order-statistics.js";

describe("percentileRanks", () => {
  it.each([
    [30, 0.5, 10, 21],
    [1000, 0.95, 936, 964],
    [10_000, 0.99, 9880, 9920],
  ])("of %i values at %f is (%i, %i)", (n, p, low, high) => {
    expect(percentileRanks({ n, p, confidence: 0.95 })).toEqual({ low, high });
  });

  it("covers at least as often as it says, and a narrower one would miss too often on a side", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 80 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.constantFrom(0.9, 0.95, 0.99),
        (n, p, confidence) => {
          const mass = binomialDistribution(n, p) ?? [];
          const atMost = (k: number): number => mass.slice(0, k + 1).reduce((sum, value) => sum + value, 0);
          const tail = (1 - confidence) / 2;
          const ranks = percentileRanks({ n, p, confidence });
          if (ranks === null) {
            expect(Math.max(atMost(0), 1 - atMost(n - 1))).toBeGreaterThan(tail - 1e-9);
            return;
          }
          expect(atMost(ranks.low - 1)).toBeLessThanOrEqual(tail + 1e-9);
          expect(1 - atMost(ranks.high - 1)).toBeLessThanOrEqual(tail + 1e-9);
          expect(atMost(ranks.low)).toBeGreaterThan(tail - 1e-9);
          expect(1 - atMost(ranks.high - 2)).toBeGreaterThan(tail - 1e-9);
        },
      ),
    );
  });

  it("exists from smallestSample on, and not below", () => {
    for (const p of [0.5, 0.9, 0.95, 0.99]) {
      const n = smallestSample({ p, confidence: 0.95 });
      expect(percentileRanks({ n, p })).not.toBeNull();
      expect(percentileRanks({ n: n - 1, p })).toBeNull();
    }
  });

  it("refuses what is out of range", () => {
    expect(() => percentileRanks({ n: 0, p: 0.5 })).toThrow(RangeError);
    expect(() => percentileRanks({ n: 10, p: 1 })).toThrow(RangeError);
    expect(() => percentileRanks({ n: 10, p: 0.5, confidence: 95 })).toThrow(RangeError);
  });
});

describe("smallestSample", () => {
  it.each([
    [0.9, 36],
    [0.95, 72],
    [0.99, 368],
    [0.999, 3688],
  ])("at %f is %i", (p, n) => {
    expect(smallestSample({ p, confidence: 0.95 })).toBe(n);
  });
});
