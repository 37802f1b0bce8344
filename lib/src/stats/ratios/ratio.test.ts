import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BlockValues, ratioEstimate } from "./ratio.js";

const value = fc.double({ min: 0.01, max: 100, noNaN: true });
const block = fc.record({ first: value, second: value });
const pairs = fc
  .array(fc.array(block, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 })
  .filter((lists) => lists.flat().length >= 2);
const options = { seed: 3, resamples: 200 };

function mapBlocks(
  lists: readonly (readonly BlockValues[])[],
  change: (block: BlockValues) => BlockValues,
): BlockValues[][] {
  return lists.map((blocks) => blocks.map(change));
}

describe("ratioEstimate", () => {
  it("of identical arms is 1, with nothing around it", () => {
    fc.assert(
      fc.property(pairs, (lists) => {
        const same = mapBlocks(lists, ({ first }) => ({ first, second: first }));
        expect(ratioEstimate(same, options)).toEqual({ value: 1, low: 1, high: 1, confidence: 0.99 });
      }),
    );
  });

  it("of arms in one fixed ratio is that ratio, with next to nothing around it", () => {
    const blocks = Array.from({ length: 10 }, (_, i) => ({ first: 3 * (i + 1), second: i + 1 }));
    const { value: found, low, high } = ratioEstimate([blocks, blocks, blocks], options);
    expect(found).toBeCloseTo(3, 12);
    expect(high - low).toBeLessThan(1e-12);
  });

  it("is the geometric mean over pairs of the geometric mean over blocks, inside its interval", () => {
    fc.assert(
      fc.property(pairs, (lists) => {
        const naive = lists
          .map((blocks) => blocks.reduce((p, b) => (p * b.first) / b.second, 1) ** (1 / blocks.length))
          .reduce((product, ratio) => product * ratio ** (1 / lists.length), 1);
        const { value: found, low, high } = ratioEstimate(lists, options);
        expect(found / naive).toBeCloseTo(1, 9);
        expect(low).toBeLessThanOrEqual(found);
        expect(high).toBeGreaterThanOrEqual(found);
      }),
    );
  });

  it("scales with the first arm", () => {
    fc.assert(
      fc.property(pairs, value, (lists, factor) => {
        const plain = ratioEstimate(lists, options);
        const scaled = ratioEstimate(
          mapBlocks(lists, ({ first, second }) => ({ first: first * factor, second })),
          options,
        );
        for (const key of ["value", "low", "high"] as const) {
          expect(Math.log(scaled[key])).toBeCloseTo(Math.log(plain[key]) + Math.log(factor), 6);
        }
      }),
    );
  });

  it("turns over when the arms are swapped", () => {
    fc.assert(
      fc.property(pairs, (lists) => {
        const plain = ratioEstimate(lists, options);
        const swapped = ratioEstimate(
          mapBlocks(lists, ({ first, second }) => ({ first: second, second: first })),
          options,
        );
        expect(Math.log(swapped.value)).toBeCloseTo(-Math.log(plain.value), 6);
        expect(Math.log(swapped.low)).toBeCloseTo(-Math.log(plain.high), 6);
        expect(Math.log(swapped.high)).toBeCloseTo(-Math.log(plain.low), 6);
      }),
    );
  });

  it("does not care in which order pairs come", () => {
    fc.assert(
      fc.property(pairs, (lists) => {
        const backwards = ratioEstimate([...lists].reverse(), options).value;
        expect(backwards / ratioEstimate(lists, options).value).toBeCloseTo(1, 9);
      }),
    );
  });

  it("gives the same interval for the same seed", () => {
    const lists = [
      [1, 2, 4].map((first) => ({ first, second: 1 })),
      [2, 3].map((first) => ({ first, second: 1 })),
    ];
    expect(ratioEstimate(lists, { seed: 1 })).toEqual(ratioEstimate(lists, { seed: 1 }));
    expect(ratioEstimate(lists, { seed: 1 }).high).not.toBe(ratioEstimate(lists, { seed: 2 }).high);
  });

  it("is wider the surer it has to be", () => {
    const lists = [1, 2, 3, 4].map((first) => [1, 1.1].map((second) => ({ first, second })));
    const width = (confidence: number): number => {
      const { low, high } = ratioEstimate(lists, { seed: 1, confidence });
      return high / low;
    };
    expect(width(0.9)).toBeLessThan(width(0.95));
    expect(width(0.95)).toBeLessThan(width(0.99));
  });

  it("refuses too few blocks, an empty pair, values without a logarithm and odd options", () => {
    const one = { first: 1, second: 1 };
    expect(() => ratioEstimate([], options)).toThrow(RangeError);
    expect(() => ratioEstimate([[one]], options)).toThrow("two blocks");
    expect(() => ratioEstimate([[one, one], []], options)).toThrow(RangeError);
    expect(() => ratioEstimate([[one, { first: 0, second: 1 }]], options)).toThrow("above 0");
    expect(() => ratioEstimate([[one, { first: 1, second: Number.NaN }]], options)).toThrow(RangeError);
    expect(() => ratioEstimate([[one, one]], { seed: 1, confidence: 99 })).toThrow(RangeError);
    expect(() => ratioEstimate([[one, one]], { seed: 1, resamples: 10 })).toThrow(RangeError);
  });
});
