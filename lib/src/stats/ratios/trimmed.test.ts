import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random.js";
import { heavyTailed } from "../simulate.js";
import { blockMean } from "./block-mean.js";
import { trimmed } from "./trimmed.js";

const value = fc.double({ min: -100, max: 100, noNaN: true });
const blocksOf = (least: number, most: number) => fc.array(value, { minLength: least, maxLength: most });
const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
const errorOfMean = (values: readonly number[]) => {
  const middle = mean(values);
  return Math.sqrt(sum(values.map((one) => (one - middle) ** 2)) / (values.length - 1) / values.length);
};

describe("trimmed", () => {
  it("has the mean and the error that SciPy gives a trimmed mean", () => {
    const blocks = [
      ...[4.1, 3.9, 4.4, 4.0, 3.8, 9.7, 4.2, 4.1, 0.2, 4.3],
      ...[4.0, 4.5, 3.7, 4.1, 4.2, 30.5, 3.9, 4.0, 4.6, 4.1],
    ];
    // SciPy 1.17: stats.trim_mean(blocks, 0.1), stats.mstats.trimmed_stde(blocks, limits=(0.1, 0.1))
    expect(mean(trimmed(blocks))).toBeCloseTo(4.1375, 10);
    expect(errorOfMean(trimmed(blocks))).toBeCloseTo(0.07560066485366242, 10);
  });

  it("has the mean of the middle four fifths", () => {
    fc.assert(
      fc.property(blocksOf(20, 60), (blocks) => {
        const cut = Math.floor(blocks.length / 10);
        const kept = blocks.toSorted((a, b) => a - b).slice(cut, -cut);
        expect(mean(trimmed(blocks))).toBeCloseTo(mean(kept), 9);
      }),
    );
  });

  it("leaves fewer than twenty blocks as they are", () => {
    fc.assert(fc.property(blocksOf(1, 19), (blocks) => trimmed(blocks) === blocks));
  });

  it("turns over with its blocks, and does not care how far off the furthest are", () => {
    fc.assert(
      fc.property(blocksOf(20, 40), (blocks) => {
        const turned = trimmed(blocks.map((one) => -one));
        for (const [place, one] of trimmed(blocks).entries()) expect(turned[place]).toBeCloseTo(-one, 7);
        const highest = blocks.indexOf(Math.max(...blocks));
        expect(trimmed(blocks.with(highest, 1e6))).toEqual(trimmed(blocks.with(highest, 1e9)));
      }),
    );
  });
});

// Of 400 intervals that cover 99 %, 4 miss; 11 or more do once in 300 times.
describe("400 simulated runs of one pair whose difference is 0, with a block in fifty far off", () => {
  const random = createRandom(11);
  const runs = Array.from({ length: 400 }, () =>
    Array.from({ length: 100 }, () => heavyTailed(random) * (random.next() < 0.02 ? 30 : 1)),
  );
  const intervals = (change: (blocks: readonly number[]) => readonly number[]) =>
    runs.map((blocks, seed) => blockMean([change(blocks)], { seed, resamples: 200 }));
  const cut = intervals(trimmed);

  it("are covered by their 99 % intervals", () => {
    expect(cut.filter(({ low, high }) => low > 0 || high < 0).length).toBeLessThan(11);
  });

  it("have intervals less than half as wide as those of plain means", () => {
    const width = (all: readonly { low: number; high: number }[]) =>
      sum(all.map(({ low, high }) => high - low));
    expect(width(cut)).toBeLessThan(width(intervals((blocks) => blocks)) / 2);
  });
});
