import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random.js";
import {
  fitUsl,
  kneeEstimate,
  type LoadPoint,
  leastBlocks,
  pooledLevels,
  type Usl,
  uslKnee,
  uslRate,
} from "./usl.js";

const levels = [1, 2, 4, 8, 16, 32];
const pointsOf = (law: Usl, at: readonly number[] = levels): LoadPoint[] =>
  at.map((concurrency) => ({ concurrency, rate: uslRate(law, concurrency) }));

const laws = fc.record({
  lambda: fc.double({ min: 0.1, max: 1e5, noNaN: true }),
  sigma: fc.double({ min: 0, max: 0.9, noNaN: true }),
  kappa: fc.double({ min: 0, max: 0.1, noNaN: true }),
});

/** Relative error of a fit: what it is that least squares makes small. */
const misfit = (law: Usl, points: readonly LoadPoint[]) =>
  points.reduce((sum, { concurrency, rate }) => sum + (1 - rate / uslRate(law, concurrency)) ** 2, 0);

describe("the Universal Scalability Law", () => {
  it("is recovered from what it predicts", () => {
    fc.assert(
      fc.property(laws, (law) => {
        const fit = fitUsl(pointsOf(law));
        expect(fit.lambda / law.lambda).toBeCloseTo(1, 6);
        expect(fit.sigma).toBeCloseTo(law.sigma, 6);
        expect(fit.kappa).toBeCloseTo(law.kappa, 6);
      }),
    );
  });

  it("fits noisy rates at least as well as any law near its fit, and never with a negative parameter", () => {
    const noise = fc.array(fc.double({ min: 0.7, max: 1.4, noNaN: true }), { minLength: 6, maxLength: 6 });
    const step = fc.double({ min: 0.9, max: 1.1, noNaN: true });
    fc.assert(
      fc.property(laws, noise, fc.tuple(step, step, step), (law, factors, [a, b, c]) => {
        const points = pointsOf(law).map((point, i) => ({ ...point, rate: point.rate * (factors[i] ?? 1) }));
        const fit = fitUsl(points);
        expect(Math.min(fit.lambda, fit.sigma, fit.kappa)).toBeGreaterThanOrEqual(0);
        const near = { lambda: fit.lambda * a, sigma: fit.sigma * b, kappa: fit.kappa * c };
        expect(misfit(fit, points)).toBeLessThanOrEqual(misfit(near, points) * (1 + 1e-9) + 1e-12);
      }),
    );
  });

  it("peaks where its formula says, and nowhere higher beside it", () => {
    const law = { lambda: 100, sigma: 0.04, kappa: 0.0015 };
    const knee = uslKnee(law);
    expect(knee).toBeCloseTo(Math.sqrt(0.96 / 0.0015), 10);
    expect(uslRate(law, knee)).toBeGreaterThan(uslRate(law, knee * 1.01));
    expect(uslRate(law, knee)).toBeGreaterThan(uslRate(law, knee * 0.99));
    expect(uslKnee({ ...law, kappa: 0 })).toBe(Number.POSITIVE_INFINITY);
  });

  it("is fitted to calls over time, so that noise in the blocks does not draw it away from the rates", () => {
    const law = { lambda: 1000, sigma: 0.1, kappa: 0.002 };
    // As often half the time a call as one and a half times: the same calls in the same time.
    const blocks = [0.5, 1.5].map((share) =>
      pointsOf(law).map((point) => ({ ...point, rate: point.rate / share })),
    );
    expect(fitUsl(pooledLevels(blocks)).lambda).toBeCloseTo(1000, 6);
    expect(pooledLevels(blocks, [0, 2])[0]?.rate).toBeCloseTo(1000 / 1.5, 6);
  });

  it("is refused with fewer levels than Gunther asks for, however many points there are", () => {
    const law = { lambda: 1, sigma: 0, kappa: 0 };
    expect(() => fitUsl(pointsOf(law, [1, 2, 4, 8, 16, 16, 16]))).toThrow(/needs 6 levels.*got 5/);
    expect(() => fitUsl(levels.map((concurrency) => ({ concurrency, rate: 0 })))).toThrow(/above 0/);
  });
});

describe("the knee", () => {
  const noisy = (
    law: Usl,
    { spread, blocks = 24, seed = 3 }: { spread: number; blocks?: number; seed?: number },
  ) => {
    const random = createRandom(seed);
    return Array.from({ length: blocks }, () =>
      pointsOf(law).map((point) => ({ ...point, rate: point.rate * (1 + spread * (random.next() - 0.5)) })),
    );
  };
  const peaked = { lambda: 1000, sigma: 0.05, kappa: 0.01 };

  it("has an interval around the true peak where there is one inside the levels", () => {
    const knee = kneeEstimate(noisy(peaked, { spread: 0.06 }), { seed: 1 });
    if ("refused" in knee) throw new Error(knee.refused);
    expect(knee.low).toBeLessThan(uslKnee(peaked));
    expect(knee.high).toBeGreaterThan(uslKnee(peaked));
    expect(knee.high / knee.low).toBeLessThan(1.3);
  });

  it("holds the true peak in its 99 % interval about as often as it says, with as few blocks as it takes", () => {
    const tries = 100;
    const held = Array.from({ length: tries }, (_, seed) => {
      const knee = kneeEstimate(noisy(peaked, { spread: 0.3, blocks: leastBlocks, seed }), {
        seed,
        resamples: 400,
      });
      return !("refused" in knee) && knee.low <= uslKnee(peaked) && uslKnee(peaked) <= knee.high;
    });
    expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(0.95 * tries);
  });

  it.each([
    ["throughput only levels off", { lambda: 1000, sigma: 0.2, kappa: 0 }],
    ["the law peaks beyond what was measured", { lambda: 1000, sigma: 0.05, kappa: 0.0003 }],
  ])("is refused where %s", (_, law) => {
    const knee = kneeEstimate(noisy(law, { spread: 0.02 }), { seed: 1 });
    expect(knee).toEqual({ refused: expect.stringMatching(/no peak was seen up to 32 callers/) });
  });

  it("is refused with too few blocks for an honest interval", () => {
    const knee = kneeEstimate(noisy(peaked, { spread: 0.06, blocks: 10 }), { seed: 1 });
    expect(knee).toEqual({ refused: "a peak needs 20 blocks and there are 10" });
  });
});
