import { describe, expect, it } from "vitest";
import { createRandom } from "../random.js";
import { simulatePairs } from "../simulate.js";
import { atLeastBatches } from "./batches.js";
import { blockShares, pairMeans } from "./layout.js";
import { hierarchicalResampler } from "./resample.js";
import { standardError } from "./standard-error.js";
import { studentQuantile } from "./student.js";

const onePair = (correlation: number, seed: number): number[] =>
  simulatePairs({ pairs: 1, blocks: 200, pairSpread: 0, blockSpread: 0.03, correlation }, createRandom(seed))
    .flat()
    .map(({ first }) => Math.log(first));

describe("standardError", () => {
  it("of several pairs is that of their means", () => {
    expect(standardError([1, 3, 5, 5], [2, 2])).toEqual({ error: 1.5, freedom: 1 });
    expect(standardError([1, 2, 4], [1, 2])).toEqual({ error: 1, freedom: 1 });
  });

  it.each([0, 0.3, 0.5, 0.8])(
    "of one pair is on average what its means really spread, correlation %f",
    (correlation) => {
      const errors: number[] = [];
      const means: number[] = [];
      for (let seed = 0; seed < 300; seed++) {
        const series = onePair(correlation, seed);
        means.push(series.reduce((sum, value) => sum + value, 0) / series.length);
        errors.push(standardError(series, [series.length]).error);
      }
      const spread = Math.sqrt(means.reduce((sum, mean) => sum + mean ** 2, 0) / means.length);
      const typical = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
      expect(typical / spread).toBeGreaterThan(0.9);
      expect(typical / spread).toBeLessThan(1.6);
    },
  );

  it("has fewer degrees of freedom where blocks are correlated", () => {
    expect(standardError(onePair(0, 1), [200]).freedom).toBeGreaterThan(12);
    const ramp = Array.from({ length: 200 }, (_, i) => i);
    expect(standardError(ramp, [200]).freedom).toBeLessThan(6);
  });

  it.each([4, 6, 10])(
    "of %d correlated blocks covers nearly as often as it says, and is seldom many times wider than usual",
    (blocks) => {
      let covered = 0;
      const reaches: number[] = [];
      const random = createRandom(blocks);
      for (let run = 0; run < 2000; run++) {
        const lab = { pairs: 1, blocks, pairSpread: 0, blockSpread: 0.03, correlation: 0.3 };
        const series = simulatePairs(lab, random)
          .flat()
          .map(({ first }) => Math.log(first));
        const { error, freedom } = standardError(series, [blocks]);
        const reach = error * studentQuantile(0.995, freedom);
        if (Math.abs(series.reduce((sum, value) => sum + value, 0) / blocks) <= reach) covered++;
        reaches.push(reach);
      }
      reaches.sort((a, b) => a - b);
      expect(covered / reaches.length).toBeGreaterThan(0.965);
      // Without a bound on the coefficient, it was ten times for four blocks.
      expect((reaches[1800] as number) / (reaches[1000] as number)).toBeLessThan(3);
    },
  );

  it("takes two blocks and equal blocks, and refuses one", () => {
    expect(standardError([1, 2], [2]).error).toBeGreaterThan(0);
    expect(standardError([1, 1, 1], [3])).toMatchObject({ error: 0 });
    expect(() => standardError([1], [1])).toThrow(RangeError);
  });
});

describe("layout", () => {
  it("gives pairs equal shares, and blocks equal shares of their pair's", () => {
    expect([...blockShares([1, 2])]).toEqual([0.5, 0.25, 0.25]);
    expect([...pairMeans([1, 2, 4], [1, 2])]).toEqual([1, 3]);
  });
});

describe("hierarchicalResampler", () => {
  it("draws as many pairs as there are, each with as many blocks as it has", () => {
    const weights = new Float64Array(6);
    const draw = hierarchicalResampler([2, 4], createRandom(1));
    for (let i = 0; i < 200; i++) {
      draw(weights);
      const first = (weights[0] as number) + (weights[1] as number);
      const second = weights.slice(2).reduce((sum, weight) => sum + weight, 0);
      expect([
        [0, 8],
        [2, 4],
        [4, 0],
      ]).toContainEqual([first, second]);
    }
  });

  it("takes runs of neighbours from a single pair, the last as long as needed, round its end", () => {
    const weights = new Float64Array(50);
    const draw = hierarchicalResampler([50], createRandom(1));
    const reached = new Set<number>();
    for (let i = 0; i < 200; i++) {
      draw(weights);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(50);
      weights.forEach((weight, block) => {
        if (weight === 0) return;
        reached.add(block);
        const before = weights[(block + 49) % 50] as number;
        const after = weights[(block + 1) % 50] as number;
        expect(before + after).toBeGreaterThan(0);
      });
    }
    expect(reached.size).toBe(50);
  });

  it("refuses less than two blocks and empty pairs", () => {
    expect(() => hierarchicalResampler([1], createRandom(1))).toThrow(RangeError);
    expect(() => hierarchicalResampler([3, 0], createRandom(1))).toThrow(RangeError);
  });
});

describe("atLeastBatches", () => {
  it("cuts the rounds of a single pair into twenty consecutive pieces or more, and loses no call", () => {
    const calls = Float64Array.from({ length: 103 }, (_, i) => i);
    const [pieces] = atLeastBatches([[calls.subarray(0, 40), calls.subarray(40)]]);
    expect(pieces).toHaveLength(20);
    expect(pieces?.flatMap((piece) => [...piece])).toEqual([...calls]);
  });

  it("leaves several pairs as they are", () => {
    const pairs = [[Float64Array.of(1)], [Float64Array.of(2)]];
    expect(atLeastBatches(pairs)).toBe(pairs);
  });
});
