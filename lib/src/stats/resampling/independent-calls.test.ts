import { describe, expect, it } from "vitest";
import type { Estimate } from "../interval.js";
import { createRandom, type Random } from "../random.js";
import { ratioEstimate } from "../ratios/ratio.js";
import { ratioOfCalls } from "./independent-calls.js";

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Log-normal durations around `scale`. */
function calls(random: Random, count: number, scale: number): Float64Array {
  return Float64Array.from({ length: count }, () => scale * Math.exp(0.3 * normal(random)));
}

const covers = ({ low, high }: Estimate, truth: number) => low <= truth && truth <= high;

describe("a ratio of calls that are taken as independent", () => {
  it.each(["mean", "median", "p90"] as const)(
    "covers the true ratio of %s where they are, and is not needlessly wide",
    (metric) => {
      const random = createRandom(5);
      const trials = 400;
      let covered = 0;
      for (let trial = 0; trial < trials; trial++) {
        const found = ratioOfCalls(calls(random, 300, 2), calls(random, 300, 1), metric) as Estimate;
        if (covers(found, 2)) covered++;
      }
      // 99 % of 400 and three deviations of it below; ranks are never fewer than asked for.
      expect(covered).toBeGreaterThanOrEqual(390);
      expect(
        (ratioOfCalls(calls(random, 1e4, 2), calls(random, 1e4, 1), metric) as Estimate).high,
      ).toBeLessThan(2.06);
    },
  );

  it("is too narrow where whole blocks are slow together, which the one over blocks is not", () => {
    const random = createRandom(6);
    let [careless, paired] = [0, 0];
    for (let trial = 0; trial < 40; trial++) {
      const blocks = Array.from({ length: 12 }, () => ({
        first: calls(random, 100, 2 * Math.exp(0.2 * normal(random))),
        second: calls(random, 100, Math.exp(0.2 * normal(random))),
      }));
      const all = (arm: "first" | "second") => Float64Array.from(blocks.flatMap((block) => [...block[arm]]));
      const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
      const values = blocks.map(({ first, second }) => ({ first: mean(first), second: mean(second) }));
      if (covers(ratioOfCalls(all("first"), all("second"), "mean") as Estimate, 2)) careless++;
      if (covers(ratioEstimate([values], { seed: trial, resamples: 500 }), 2)) paired++;
    }
    expect(careless).toBeLessThan(28);
    expect(paired).toBeGreaterThanOrEqual(36);
  });

  it("is turned over when the arms are", () => {
    const [a, b] = [calls(createRandom(1), 500, 3), calls(createRandom(2), 400, 1)];
    const [over, under] = [ratioOfCalls(a, b, "median"), ratioOfCalls(b, a, "median")] as [
      Estimate,
      Estimate,
    ];
    expect(under.low).toBeCloseTo(1 / over.high, 12);
    expect(under.value).toBeCloseTo(1 / over.value, 12);
  });

  it("says what it takes where it does not exist", () => {
    const few = Float64Array.of(1, 2, 3);
    expect(ratioOfCalls(few, few, "p99")).toEqual({ missing: "it takes 528 calls of each arm" });
    expect(ratioOfCalls(few, Float64Array.of(1), "mean")).toEqual({
      missing: "it takes two calls of each arm",
    });
    expect(ratioOfCalls(few, few, "spread")).toHaveProperty("missing");
    expect(ratioOfCalls(new Float64Array(0), few, "median")).toHaveProperty("missing");
  });
});
