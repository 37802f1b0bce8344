import { describe, expect, it } from "vitest";
import { createRandom } from "./random.js";

describe("createRandom", () => {
  it("repeats itself for the same seed, and not for another", () => {
    const draws = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, () => random.next());
    };
    expect(draws(5)).toEqual(draws(5));
    expect(draws(5)).not.toEqual(draws(6));
  });

  it("gives first draws of neighbouring seeds that are spread evenly", () => {
    const cells = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 10_000; seed++) {
      const cell = Math.floor(createRandom(seed).next() * 10);
      cells[cell] = (cells[cell] as number) + 1;
    }
    // Chi-square with 9 degrees of freedom exceeds 27.9 once in a thousand.
    expect(cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(27.9);
  });

  it("draws every integer below n equally often", () => {
    const random = createRandom(1);
    const cells = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) {
      const drawn = random.below(7);
      cells[drawn] = (cells[drawn] as number) + 1;
    }
    expect(cells.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(22.5);
  });

  it("shuffles into every order equally often, and leaves its argument alone", () => {
    const random = createRandom(1);
    const given = ["a", "b", "c"];
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffled(given).join("");
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(given).toEqual(["a", "b", "c"]);
    expect(seen.size).toBe(6);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  it("refuses a seed that is not an integer", () => {
    expect(() => createRandom(0.5)).toThrow(RangeError);
  });
});
