import { describe, expect, it } from "vitest";
import { createRandom } from "../random.js";
import { normal } from "../simulate.js";
import { percentile } from "./percentile.js";
import { shiftFunction } from "./shift.js";

const random = createRandom(6);
const pairs = Array.from({ length: 6 }, () =>
  Array.from({ length: 5 }, () => ({
    first: Float64Array.from({ length: 60 }, () => 2 * Math.exp(0.4 * normal(random))),
    second: Float64Array.from({ length: 40 }, () => Math.exp(0.2 * normal(random))),
  })),
);
const shifts = shiftFunction(pairs, { seed: 1, resamples: 400 });

describe("shiftFunction", () => {
  it("compares the nine deciles of all calls", () => {
    const sorted = (arm: "first" | "second"): Float64Array =>
      Float64Array.from(pairs.flat().flatMap((block) => [...block[arm]])).sort();
    expect(shifts.map(({ p }) => p)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
    for (const { p, difference, ratio } of shifts) {
      const [first, second] = [percentile(sorted("first"), p), percentile(sorted("second"), p)];
      expect(difference.value).toBeCloseTo(first - second, 12);
      expect(ratio.value).toBeCloseTo(first / second, 12);
    }
  });

  it("holds the true ratio of every decile, 2 × exp(0.2 z), in an interval narrow enough to show that it rises", () => {
    const z = [-1.2816, -0.8416, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.8416, 1.2816];
    shifts.forEach(({ ratio }, i) => {
      const truth = 2 * Math.exp(0.2 * (z[i] as number));
      expect(ratio.low).toBeLessThan(truth);
      expect(ratio.high).toBeGreaterThan(truth);
    });
    expect(shifts[0]?.ratio.high).toBeLessThan(shifts[8]?.ratio.low as number);
  });

  it("refuses calls of zero duration, which have no ratio, and a block without calls", () => {
    const one = Float64Array.of(1, 2);
    const zero = Float64Array.of(0, 2);
    expect(() => shiftFunction([[{ first: one, second: zero }]], { seed: 1 })).toThrow("above 0");
    expect(() => shiftFunction([[{ first: one, second: new Float64Array(0) }]], { seed: 1 })).toThrow(
      RangeError,
    );
  });
});
