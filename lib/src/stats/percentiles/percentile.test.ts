import fc from "fast-check";
import { quantileSorted } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { percentile, percentileOfUnsorted } from "./percentile.js";

const values = fc
  .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 })
  .map((array) => array.sort((a, b) => a - b));
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe("percentile", () => {
  it("knows the examples of its documentation", () => {
    expect(percentile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(percentile([1, 2, 3, 4], 0.5, "nearest-rank")).toBe(2);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it("by nearest rank is the smallest value with at least a share p at or below it", () => {
    fc.assert(
      fc.property(values, share, (sorted, p) => {
        const found = percentile(sorted, p, "nearest-rank");
        const naive = sorted.find((value) => sorted.filter((v) => v <= value).length >= p * sorted.length);
        expect(found).toBe(naive);
      }),
    );
  });

  it("linear lies on the line through the points ((rank − 1) ÷ (n − 1), value)", () => {
    fc.assert(
      fc.property(values, share, (sorted, p) => {
        const at = sorted.map((_, i) => (sorted.length === 1 ? 0 : i / (sorted.length - 1)));
        const above = Math.max(
          1,
          at.findIndex((x) => x >= p),
        );
        const [x0, x1] = [at[above - 1] ?? 0, at[above] ?? 1];
        const [y0, y1] = [sorted[above - 1] as number, sorted[above] ?? (sorted[0] as number)];
        expect(percentile(sorted, p)).toBeCloseTo(y0 + ((y1 - y0) * (p - x0)) / (x1 - x0), 6);
      }),
    );
  });

  it("agrees with simple-statistics for the median", () => {
    fc.assert(
      fc.property(values, (sorted) => {
        expect(percentile(sorted, 0.5)).toBe(quantileSorted(sorted, 0.5));
      }),
    );
  });

  it("is the same of values in any order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 900 }),
        share,
        (list, p) => {
          const values = Float64Array.from(list);
          expect(percentileOfUnsorted(values, p)).toBe(percentile(values.toSorted(), p));
          expect([...values]).toEqual(list);
        },
      ),
    );
  });

  it("refuses no values, and shares given in percent", () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
    expect(() => percentile([1], 99)).toThrow("share from 0 to 1");
    expect(() => percentile([1], Number.NaN)).toThrow(RangeError);
  });
});
