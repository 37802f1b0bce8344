import { describe, expect, it } from "vitest";
import type { Estimate } from "../interval.js";
import { percentile } from "../percentiles/percentile.js";
import { createRandom } from "../random.js";
import { ratioEstimate } from "../ratios/ratio.js";
import { type SimulatedLab, simulatePairs } from "../simulate.js";
import { bootstrapInterval } from "./bootstrap.js";
import { blockShares } from "./layout.js";
import { hierarchicalResampler } from "./resample.js";

/** The textbook interval: percentiles of the resampled means as they are. */
function naiveEstimate(pairs: ReturnType<typeof simulatePairs>, seed: number): Estimate {
  const layout = pairs.map((blocks) => blocks.length);
  const shares = blockShares(layout);
  const logs = pairs.flat().map(({ first, second }) => Math.log(first / second));
  const draw = hierarchicalResampler(layout, createRandom(seed));
  const weights = new Float64Array(logs.length);
  const means = Float64Array.from({ length: 300 }, () => {
    draw(weights);
    return logs.reduce((sum, log, i) => sum + log * (weights[i] as number) * (shares[i] as number), 0);
  }).sort();
  return {
    value: 1,
    low: Math.exp(percentile(means, 0.005)),
    high: Math.exp(percentile(means, 0.995)),
    confidence: 0.99,
  };
}

function misses(
  lab: SimulatedLab,
  runs: number,
  estimate: (pairs: ReturnType<typeof simulatePairs>, seed: number) => Estimate,
): number {
  const random = createRandom(20);
  let missed = 0;
  for (let run = 0; run < runs; run++) {
    const { low, high } = estimate(simulatePairs(lab, random), run);
    if (low > (lab.ratio ?? 1) || high < (lab.ratio ?? 1)) missed++;
  }
  return missed;
}

const corrected = (pairs: ReturnType<typeof simulatePairs>, seed: number): Estimate =>
  ratioEstimate(pairs, { seed, resamples: 300 });
const lab = { pairs: 10, blocks: 10, pairSpread: 0.02, blockSpread: 0.03, correlation: 0.5, ratio: 1.3 };

// Of 600 intervals that cover 99 %, 6 miss; 13 or more do once in a hundred times.
describe("coverage of the 99 % interval, 600 simulated runs with a known ratio", () => {
  it("with ten pairs is 99 %, where the naive bootstrap misses too often", () => {
    expect(misses(lab, 600, corrected)).toBeLessThan(13);
    expect(misses(lab, 600, naiveEstimate)).toBeGreaterThan(13);
  });

  it("with ten heavy-tailed pairs is 99 %", () => {
    expect(misses({ ...lab, pairTails: "heavy" }, 600, corrected)).toBeLessThan(13);
  });

  it("with five pairs is 99 %, where the naive bootstrap misses one in twenty", () => {
    expect(misses({ ...lab, pairs: 5 }, 600, corrected)).toBeLessThan(13);
    expect(misses({ ...lab, pairs: 5 }, 600, naiveEstimate)).toBeGreaterThan(25);
  });

  it("within one pair of 100 correlated blocks is 99 %", () => {
    const onePair = { ...lab, pairs: 1, blocks: 100, pairSpread: 0, correlation: 0.3 };
    expect(misses(onePair, 600, corrected)).toBeLessThan(13);
  });

  it("is not bought with width: where pairs are equal and blocks independent it still misses sometimes", () => {
    expect(misses({ ...lab, pairSpread: 0, correlation: 0 }, 600, corrected)).toBeGreaterThan(1);
  });
});

describe("the power within one pair", () => {
  it("shows a difference of 1 % in 95 % of tries with 300 blocks that each know it to 1.5 %", () => {
    const random = createRandom(4);
    const onePair = {
      pairs: 1,
      blocks: 300,
      pairSpread: 0,
      blockSpread: 0.015,
      correlation: 0.3,
      ratio: 1.01,
    };
    let seen = 0;
    for (let run = 0; run < 100; run++) {
      if (corrected(simulatePairs(onePair, random), run).low > 1) seen++;
    }
    expect(seen).toBeGreaterThanOrEqual(95);
  });
});

describe("bootstrapInterval", () => {
  it("of a mean of many independent pairs is Student's interval", () => {
    const random = createRandom(8);
    const influence = Float64Array.from({ length: 200 }, () => random.next());
    const value = influence.reduce((sum, x) => sum + x, 0) / 200;
    const spread = Math.sqrt(influence.reduce((sum, x) => sum + (x - value) ** 2, 0) / 199 / 200);
    const compute = (weights: Float64Array): number =>
      influence.reduce((sum, x, i) => sum + (x * (weights[i] as number)) / 200, 0);
    const layout = Array<number>(200).fill(1);
    const found = bootstrapInterval({ layout, value, compute, influence }, { seed: 1 });
    expect((found.high - value) / (2.6009 * spread)).toBeCloseTo(1, 1);
  });
});
