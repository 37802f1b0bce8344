import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../random.js";
import { type SimulatedLab, simulatePairs } from "../simulate.js";
import type { RunTerms } from "./block-mean.js";
import { contrastEstimate } from "./contrast.js";
import { logRatio } from "./ratio.js";

const run = fc
  .array(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 2, maxLength: 5 }), {
    minLength: 1,
    maxLength: 4,
  })
  .filter((pairs) => pairs.length > 0);
const runs = fc.array(run, { minLength: 1, maxLength: 4 });
const options = { seed: 5, resamples: 100 };

const negated = (terms: RunTerms) => terms.map((blocks) => blocks.map((term) => -term));

/** Log ratios of a simulated run, counted with a sign. */
function simulated(lab: SimulatedLab, random: Random, sign: 1 | -1): RunTerms {
  return simulatePairs(lab, random).map((blocks) => blocks.map((block) => sign * logRatio(block)));
}

/** In what share of pairs of runs the interval around what the second makes of the first holds the truth. */
function coverage(first: SimulatedLab, second: SimulatedLab, repeats = 100): number {
  const random = createRandom(11);
  const truth = (second.ratio ?? 1) / (first.ratio ?? 1);
  let covered = 0;
  for (let seed = 1; seed <= repeats; seed++) {
    const terms = [simulated(second, random, 1), simulated(first, random, -1)];
    const { low, high } = contrastEstimate(terms, { seed, resamples: 200 });
    if (low <= truth && truth <= high) covered++;
  }
  return covered / repeats;
}

describe("contrastEstimate", () => {
  it("is e to the sum of the runs' means, inside its interval", () => {
    fc.assert(
      fc.property(runs, (lists) => {
        const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
        const naive = lists.reduce((sum, pairs) => sum + mean(pairs.map(mean)), 0);
        const { value, low, high } = contrastEstimate(lists, options);
        expect(Math.log(value)).toBeCloseTo(naive, 9);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
      }),
    );
  });

  it("turns over with the signs", () => {
    fc.assert(
      fc.property(runs, (lists) => {
        const plain = contrastEstimate(lists, options);
        const turned = contrastEstimate(lists.map(negated), options);
        expect(Math.log(turned.value)).toBeCloseTo(-Math.log(plain.value), 6);
        expect(Math.log(turned.low)).toBeCloseTo(-Math.log(plain.high), 6);
      }),
    );
  });

  it("is surer where both ratios are of the same blocks, whose weather it takes out", () => {
    const random = createRandom(3);
    const lab = { pairs: 10, blocks: 10, pairSpread: 0.05, blockSpread: 0.05, correlation: 0.3 };
    const weather = simulated(lab, random, 1);
    const within = contrastEstimate(
      [weather.map((blocks) => blocks.map((term, i) => term + 0.01 * (i % 2) - term))],
      options,
    );
    const apart = contrastEstimate([weather, negated(weather)], options);
    expect(apart.high / apart.low).toBeGreaterThan((within.high / within.low) * 1.02);
  });

  it("covers the truth about as often as it says, for fresh pairs, for one pair, and for unequal runs", () => {
    const ten = { pairs: 10, blocks: 8, pairSpread: 0.02, blockSpread: 0.03, correlation: 0.4 };
    const one = { ...ten, pairs: 1, blocks: 20, pairSpread: 0, correlation: 0.3, ratio: 3 };
    for (const [first, second] of [
      [ten, { ...ten, ratio: 2 }],
      [one, { ...one, ratio: 0.5 }],
      [ten, { ...one, blockSpread: 0.1 }],
    ] as const) {
      const share = coverage(first, second);
      expect(share).toBeGreaterThan(0.95);
      expect(share).toBeLessThanOrEqual(1);
    }
  });

  it("refuses a run of one block, an empty pair, and what has no logarithm", () => {
    expect(() => contrastEstimate([[[1, 2]], [[1]]], options)).toThrow("two blocks");
    expect(() => contrastEstimate([[[1, 2], []]], options)).toThrow(RangeError);
    expect(() => contrastEstimate([[[1, Number.NaN]]], options)).toThrow("finite");
    expect(() => contrastEstimate([[[1, Number.NEGATIVE_INFINITY]]], options)).toThrow("finite");
  });
});
