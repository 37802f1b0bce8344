import { describe, expect, it } from "vitest";
import { createRandom } from "../random.js";
import { normal } from "../simulate.js";
import { carryOver, type PrecededRound } from "./carry-over.js";

const random = createRandom(2);

function rounds(after: Readonly<Record<string, number>>, each: number): PrecededRound[] {
  return Object.entries(after).flatMap(([previous, slowdown]) =>
    Array.from({ length: each }, () => ({ previous, value: slowdown * Math.exp(0.02 * normal(random)) })),
  );
}

describe("carryOver", () => {
  it("finds the arm that disturbs, and by how much", () => {
    const found = carryOver(rounds({ rest: 1, grpc: 1.05, stream: 1 }, 20), { seed: 1, permutations: 1000 });
    expect(found?.previous).toBe("grpc");
    expect(found?.largestRatio).toBeGreaterThan(1.035);
    expect(found?.largestRatio).toBeLessThan(1.065);
    expect(found?.pValue).toBeCloseTo(1 / 1001, 6);
  });

  it("has p values that are spread evenly where nothing disturbs", () => {
    let below = 0;
    for (let run = 0; run < 200; run++) {
      const found = carryOver(rounds({ a: 1, b: 1, c: 1 }, 8), { seed: run, permutations: 99 });
      if ((found?.pValue ?? 1) <= 0.1) below++;
    }
    // 20 expected, standard deviation 4.2.
    expect(below).toBeGreaterThan(7);
    expect(below).toBeLessThan(34);
  });

  it("agrees with the exact test of a case small enough to write out", () => {
    // Of the 6 ways to choose the two rounds after a, one gives the largest ratio, one its mirror image (b slowest).
    const given = [8, 4, 2, 1].map((value, i) => ({ value, previous: i < 2 ? "a" : "b" }));
    const found = carryOver(given, { seed: 1, permutations: 20_000 });
    expect(found?.largestRatio).toBeCloseTo(4, 12);
    expect(found?.pValue).toBeCloseTo(2 / 6, 1);
    expect(Math.abs((found?.pValue ?? 0) - 2 / 6)).toBeLessThan(0.015);
  });

  it("has no answer with one arm before, or one that came before only once", () => {
    const options = { seed: 1, permutations: 10 };
    expect(carryOver([], options)).toBeNull();
    expect(carryOver(rounds({ a: 1 }, 5), options)).toBeNull();
    expect(carryOver([...rounds({ a: 1 }, 5), { value: 1, previous: "b" }], options)).toBeNull();
  });

  it("refuses values without a logarithm", () => {
    const zero = rounds({ a: 1, b: 0 }, 3);
    expect(() => carryOver(zero, { seed: 1, permutations: 10 })).toThrow(RangeError);
  });
});
