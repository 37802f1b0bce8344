import { describe, expect, it } from "vitest";
import { createRandom } from "../random.js";
import { type BlockValues, ratioEstimate } from "../ratios/ratio.js";
import { heavyTailed } from "../simulate.js";

/** Three pairs whose own ratios are 0.9, 1 and 1.2, with noisy blocks; the truth is their geometric mean. */
const ownRatios = [0.9, 1, 1.2];
const truth = Math.cbrt(0.9 * 1 * 1.2);

function threePairs(seed: number): BlockValues[][] {
  const random = createRandom(seed);
  return ownRatios.map((ratio) =>
    Array.from({ length: 10 }, () => ({ first: ratio * Math.exp(0.03 * heavyTailed(random)), second: 1 })),
  );
}

describe("an interval for fixed pairs", () => {
  it("covers the mean of just these pairs about as often as it says", () => {
    const runs = 400;
    let covered = 0;
    for (let seed = 1; seed <= runs; seed++) {
      const { low, high } = ratioEstimate(threePairs(seed), { seed, resamples: 400, pairs: "fixed" });
      if (low <= truth && truth <= high) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.97);
    expect(covered / runs).toBeLessThan(1);
  });

  it("is far narrower than one that speaks of other pairs, when pairs differ more than their blocks", () => {
    const width = (pairs: "fixed" | "random") => {
      const { low, high } = ratioEstimate(threePairs(1), { seed: 1, pairs });
      return Math.log(high / low);
    };
    expect(width("fixed") * 5).toBeLessThan(width("random"));
  });

  it("falls back on random pairs where one of them has a single block", () => {
    const lists = [...threePairs(1), [{ first: 1, second: 1 }]];
    expect(ratioEstimate(lists, { seed: 1, pairs: "fixed" })).toEqual(ratioEstimate(lists, { seed: 1 }));
  });
});
