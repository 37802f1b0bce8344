import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ecdf } from "./ecdf.js";

describe("ecdf", () => {
  it("is every value while there are few", () => {
    expect(ecdf([3, 1, 2], { points: 100 })).toEqual({
      value: Float64Array.of(1, 2, 3),
      share: Float64Array.of(1 / 3, 2 / 3, 1),
    });
  });

  it("holds only points of the whole distribution, in order, and not more than asked for", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 400 }),
        fc.integer({ min: 4, max: 80 }),
        (values, points) => {
          const { value, share } = ecdf(values, { points });
          expect(value.length).toBeLessThanOrEqual(points);
          value.forEach((x, i) => {
            expect(share[i]).toBe(values.filter((v) => v <= x).length / values.length);
            if (i > 0) expect(x).toBeGreaterThan(value[i - 1] as number);
          });
          expect(value.at(-1)).toBe(Math.max(...values));
          expect(value[0]).toBe(Math.min(...values));
        },
      ),
    );
  });

  it("keeps the outermost values and leaves no wide gap between shares", () => {
    const values = Float64Array.from({ length: 100_000 }, (_, i) => i);
    const { value, share } = ecdf(values, { points: 400 });
    expect([...value.slice(-10)]).toEqual(Array.from({ length: 10 }, (_, i) => 99_990 + i));
    expect([...value.slice(0, 5)]).toEqual([0, 1, 2, 3, 4]);
    for (let i = 1; i < share.length; i++) {
      expect((share[i] as number) - (share[i - 1] as number)).toBeLessThan(0.0055);
    }
  });

  it("refuses no values and too few points", () => {
    expect(() => ecdf([], { points: 10 })).toThrow(RangeError);
    expect(() => ecdf([1], { points: 3 })).toThrow(RangeError);
  });
});
