import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logHistogram } from "./histogram.js";

const values = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 100 });

describe("logHistogram", () => {
  it("knows the example of its documentation", () => {
    const { edges, counts, notPositive } = logHistogram([1, 10, 100, 1000], { bins: 3 });
    expect([...counts]).toEqual([1, 1, 2]);
    expect([...edges].map((edge) => Math.round(edge))).toEqual([1, 10, 100, 1000]);
    expect(notPositive).toBe(0);
  });

  it("counts every value once, between the edges of its bin", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 40 }), (given, bins) => {
        const { edges, counts } = logHistogram(given, { bins });
        const naive = Array.from(counts, (_, bin) => {
          const [low, high] = [edges[bin] as number, edges[bin + 1] as number];
          return given.filter((v) => v >= low && (v < high || (bin === bins - 1 && v === high))).length;
        });
        expect([...counts]).toEqual(naive);
        expect(naive.reduce((sum, count) => sum + count, 0)).toBe(given.length);
      }),
    );
  });

  it("has bins of equal width on the logarithmic axis", () => {
    const { edges } = logHistogram([0.3, 5, 70], { bins: 7 });
    const widths = Array.from({ length: 7 }, (_, i) =>
      Math.log((edges[i + 1] as number) / (edges[i] as number)),
    );
    for (const width of widths) expect(width).toBeCloseTo(Math.log(70 / 0.3) / 7, 10);
  });

  it("gives equal values a bin with a width, and counts zeros apart", () => {
    const { edges, counts, notPositive } = logHistogram([2, 2, 0], { bins: 1 });
    expect([...counts]).toEqual([2]);
    expect(notPositive).toBe(1);
    expect(edges[0]).toBeLessThan(2);
    expect(edges[1]).toBeGreaterThan(2);
  });

  it("refuses no positive value, infinity and no bins", () => {
    expect(() => logHistogram([0], { bins: 3 })).toThrow("above 0");
    expect(() => logHistogram([1, Number.POSITIVE_INFINITY], { bins: 3 })).toThrow(RangeError);
    expect(() => logHistogram([1], { bins: 0 })).toThrow(RangeError);
  });
});
