import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cliffsDelta } from "./effect.js";

const sample = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 40 });

describe("cliffsDelta", () => {
  it("is what comparing every value with every other gives", () => {
    fc.assert(
      fc.property(sample, sample, (first, second) => {
        const signs = first.flatMap((a) => second.map((b) => Math.sign(a - b)));
        const naive = signs.reduce((sum, sign) => sum + sign, 0) / signs.length;
        expect(cliffsDelta(first, second).delta).toBeCloseTo(naive, 12);
        expect(cliffsDelta(second, first).delta).toBeCloseTo(-naive, 12);
      }),
    );
  });

  it.each([
    [14, "negligible"],
    [15, "small"],
    [32, "small"],
    [33, "medium"],
    [47, "medium"],
    [48, "large"],
    [-48, "large"],
  ])("calls %i %% %s", (percent, label) => {
    const above = Array.from({ length: 100 }, (_, i) => (i < Math.abs(percent) ? 5 + Math.sign(percent) : 5));
    expect(cliffsDelta(above, [5])).toEqual({ delta: percent / 100, label });
  });

  it("refuses an empty sample", () => {
    expect(() => cliffsDelta([], [1])).toThrow(RangeError);
    expect(() => cliffsDelta([1], [])).toThrow(RangeError);
  });
});
