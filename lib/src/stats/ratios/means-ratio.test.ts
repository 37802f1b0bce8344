import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../random.js";
import { type SimulatedLab, simulatePairs } from "../simulate.js";
import { contrastEstimate } from "./contrast.js";
import { type OfMeans, type RunNumbers, ratioOfMeans } from "./means-ratio.js";

const options = { seed: 5, resamples: 200 };
const positive = fc.double({ min: 0.1, max: 10, noNaN: true });
const blocks = fc.array(fc.tuple(positive, positive), { minLength: 2, maxLength: 6 });

const ten: SimulatedLab = { pairs: 10, blocks: 8, pairSpread: 0.03, blockSpread: 0.05, correlation: 0.3 };
const one: SimulatedLab = { pairs: 1, blocks: 20, pairSpread: 0, blockSpread: 0.05, correlation: 0.3 };

/** Arms of one run whose true times are known: its weather moves all of them, and each has noise of its own. */
function simulated(lab: SimulatedLab, random: Random, truths: readonly number[]): RunNumbers {
  const weather = simulatePairs(lab, random);
  const own = truths.map(() => simulatePairs({ ...lab, pairSpread: lab.pairSpread / 3 }, random));
  return weather.map((pair, p) =>
    pair.map(({ first }, b) => truths.map((truth, arm) => truth * first * (own[arm]?.[p]?.[b]?.first ?? 1))),
  );
}

/** A line through two sizes and what it says at a third, held against what is measured there beside another arm. */
const lineBeside: OfMeans = ([rest1 = 0, base1 = 0, rest4 = 0, base4 = 0, beside = 0, measured = 0]) => {
  const [at1, at4] = [base1 - rest1, base4 - rest4];
  return measured / (beside + at1 + ((at4 - at1) / 3) * 7);
};

/** In what share of simulations the interval around measured ÷ predicted holds its true value. */
function coverage(lab: SimulatedLab, off: number, repeats = 150): number {
  const random = createRandom(17);
  let covered = 0;
  for (let seed = 1; seed <= repeats; seed++) {
    const runs = [
      simulated(lab, random, [1, 2]),
      simulated(lab, random, [1.5, 5.5]),
      simulated(lab, random, [3, off * 11]),
    ];
    const { low, high } = ratioOfMeans(runs, lineBeside, { seed, resamples: 200 });
    if (low <= off && off <= high) covered++;
  }
  return covered / repeats;
}

describe("ratioOfMeans", () => {
  it("is what contrastEstimate says where the function is a product of powers", () => {
    fc.assert(
      fc.property(blocks, blocks, (first, second) => {
        const ratio: OfMeans = ([a = 0, b = 0, c = 0, d = 0]) => a / b / (c / d);
        const terms = (run: readonly (readonly [number, number])[], sign: number) => [
          run.map(([a, b]) => sign * Math.log(a / b)),
        ];
        const ours = ratioOfMeans([[first], [second]], ratio, options);
        const theirs = contrastEstimate([terms(first, 1), terms(second, -1)], options);
        for (const end of ["value", "low", "high"] as const) {
          expect(Math.log(ours[end])).toBeCloseTo(Math.log(theirs[end]), 4);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("is wider where what the prediction rests on is less sure", () => {
    const width = (blockSpread: number) => {
      const random = createRandom(3);
      const found = simulated({ ...ten, blockSpread, pairSpread: blockSpread }, random, [1]);
      const tested = simulated(ten, random, [2]);
      const { low, high } = ratioOfMeans([found, tested], ([a = 0, b = 0]) => b / (2 * a), options);
      return Math.log(high / low);
    };
    expect(width(0.2)).toBeGreaterThan(1.5 * width(0.02));
  });

  // Of 150 intervals of 99 %, 1.5 miss; 7 or more do once in 700 times.
  it.each([
    ["ten fresh pairs", ten, 1],
    ["one pair", one, 1],
    ["a prediction that is a fifth off", ten, 1.2],
  ] as const)("covers the truth about as often as it says: %s", (_, lab, off) => {
    expect(coverage(lab, off)).toBeGreaterThan(0.955);
  });

  it("has no end where a parameter may as well be nothing", () => {
    const found = [[[1], [1.9], [0.6], [2.1]]];
    const { low, high } = ratioOfMeans([found], ([mean = 0]) => 1 / Math.max(0, mean - 1), options);
    expect([low, high]).toEqual([0, Number.POSITIVE_INFINITY]);
  });

  it("refuses what has no logarithm, and what is too little", () => {
    const ratio: OfMeans = ([a = 0]) => a;
    expect(() => ratioOfMeans([[[[1], [0]]]], ratio, options)).toThrow("positive");
    expect(() => ratioOfMeans([[[[1], [2]]]], () => -1, options)).toThrow("positive");
    expect(() => ratioOfMeans([[[[1]]]], ratio, options)).toThrow("two blocks");
  });
});
