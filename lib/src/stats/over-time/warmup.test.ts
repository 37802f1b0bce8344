import { describe, expect, it } from "vitest";
import { createRandom } from "../random.js";
import { normal } from "../simulate.js";
import { detectWarmup } from "./warmup.js";

const random = createRandom(31);
const flat = (length: number): number[] => Array.from({ length }, () => 1 + 0.05 * normal(random));
const decay = (length: number, tau: number): number[] =>
  flat(length).map((value, i) => value + 3 * Math.exp(-i / tau));

/** Share of 300 simulated series of which something holds. */
function share(
  make: () => number[],
  holds: (found: ReturnType<typeof detectWarmup>) => boolean,
  longest = 20,
): number {
  let count = 0;
  for (let run = 0; run < 300; run++) if (holds(detectWarmup(make(), { longest }))) count++;
  return count / 300;
}

describe("detectWarmup", () => {
  it("calls flat noise warm from the start, and steady", () => {
    expect(
      share(
        () => flat(60),
        ({ from }) => from <= 2,
      ),
    ).toBeGreaterThan(0.95);
    expect(
      share(
        () => flat(60),
        ({ steady }) => steady,
      ),
    ).toBeGreaterThan(0.95);
    expect(
      share(
        () => flat(12),
        ({ from }) => from <= 1,
        4,
      ),
    ).toBeGreaterThan(0.9);
  });

  it("finds where an exponential decay has sunk into the noise", () => {
    // 3 exp(−i ÷ 3) falls below the noise of 0.05 at block 12, and below four times that at block 8.
    expect(
      share(
        () => decay(60, 3),
        ({ from }) => from >= 7 && from <= 15,
      ),
    ).toBeGreaterThan(0.95);
    expect(
      share(
        () => decay(60, 3),
        ({ steady }) => steady,
      ),
    ).toBeGreaterThan(0.9);
  });

  it("finds one slow first block", () => {
    expect(
      share(
        () => [2, ...flat(15)],
        ({ from }) => from >= 1 && from <= 2,
        5,
      ),
    ).toBeGreaterThan(0.9);
  });

  it("is not misled by one disturbed block, wherever it is", () => {
    for (const at of [5, 30, 59]) {
      const disturbed = (): number[] => flat(60).map((value, i) => (i === at ? 10 : value));
      expect(share(disturbed, ({ from }) => from <= 2)).toBeGreaterThan(0.95);
      expect(share(disturbed, ({ steady }) => steady)).toBeGreaterThan(0.95);
    }
    const both = (): number[] => decay(60, 3).map((value, i) => (i === 40 ? 10 : value));
    expect(share(both, ({ from }) => from >= 7 && from <= 15)).toBeGreaterThan(0.95);
  });

  it("says when warm-up outlasts what was allowed", () => {
    expect(
      share(
        () => decay(40, 15),
        ({ steady }) => !steady,
        5,
      ),
    ).toBeGreaterThan(0.95);
    expect(
      share(
        () => decay(40, 15),
        ({ from }) => from <= 5,
        5,
      ),
    ).toBe(1);
  });

  it("does not depend on the unit", () => {
    for (let run = 0; run < 50; run++) {
      const series = decay(30, 2);
      const scaled = series.map((value) => value * 1024);
      expect(detectWarmup(scaled, { longest: 10 })).toEqual(detectWarmup(series, { longest: 10 }));
    }
  });

  it("takes series of any length", () => {
    for (const series of [[], [1], [2, 1], [3, 2, 1], [5, 1, 1, 1]]) {
      expect(detectWarmup(series, { longest: 5 }).from).toBe(0);
    }
    expect(detectWarmup([4, 4, 4, 4, 4, 4, 4], { longest: 5 })).toEqual({ from: 0, steady: true });
    expect(detectWarmup([9, 4, 2, 1, 1.1, 0.9, 0.9, 1, 1.1, 1.1, 0.9, 1], { longest: 5 })).toEqual({
      from: 3,
      steady: true,
    });
    expect(() => detectWarmup([1], { longest: -1 })).toThrow(RangeError);
  });
});
