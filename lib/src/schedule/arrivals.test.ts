import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { OpenLoad, Stage } from "../record/load-info.js";
import { arrivals, callsIn } from "./arrivals.js";

const stage = (fromPerSecond: number, toPerSecond: number, durationMs: number): Stage => ({
  fromPerSecond,
  toPerSecond,
  durationMs,
});
const due = (stages: readonly Stage[], spacing: OpenLoad["spacing"] = "even", seed = 1) => [
  ...arrivals({ stages, spacing }, seed),
];

/** The integral of the rate up to a time, by adding up thin slices. */
function naiveIntegral(stages: readonly Stage[], untilMs: number, sliceMs: number): number {
  let sum = 0;
  let beginMs = 0;
  for (const { fromPerSecond, toPerSecond, durationMs } of stages) {
    const lastMs = Math.min(durationMs, untilMs - beginMs);
    const slices = Math.max(0, Math.ceil(lastMs / sliceMs));
    for (let i = 0; i < slices; i++) {
      const middle = ((i + 0.5) * lastMs) / slices / durationMs;
      sum += ((fromPerSecond + (toPerSecond - fromPerSecond) * middle) * (lastMs / slices)) / 1000;
    }
    beginMs += durationMs;
  }
  return sum;
}

describe("an even load", () => {
  it.each([
    ["one rate", [stage(100, 100, 50)], [0, 10, 20, 30, 40]],
    ["a ramp from 0", [stage(0, 200, 1000)], [0, 100, 141.4214, 173.2051, 200]],
    ["a ramp to 0", [stage(8, 0, 1000)], [0, 133.9746, 292.8932, 500]],
    ["steps", [stage(10, 10, 200), stage(40, 40, 50)], [0, 100, 200, 225]],
    ["a silence in between", [stage(10, 10, 100), stage(0, 0, 1000), stage(10, 10, 200)], [0, 1100, 1200]],
    ["a step that ends between calls", [stage(10, 10, 150), stage(100, 100, 20)], [0, 100, 155, 165]],
  ])("is due as its table says: %s", (_, stages, expected) => {
    const times = due(stages).slice(0, expected.length);
    expect(times).toHaveLength(expected.length);
    times.forEach((at, i) => {
      expect(at).toBeCloseTo(expected[i] as number, 4);
    });
  });

  const anyStages = fc.array(
    fc.record({
      fromPerSecond: fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 500, noNaN: true })),
      toPerSecond: fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 500, noNaN: true })),
      durationMs: fc.integer({ min: 1, max: 3000 }),
    }),
    { minLength: 1, maxLength: 4 },
  );

  it("has as many calls as the rate adds up to, in order, each at the time at which it adds up to that many", () => {
    fc.assert(
      fc.property(anyStages, (stages) => {
        const times = due(stages);
        const totalMs = stages.reduce((sum, { durationMs }) => sum + durationMs, 0);
        const whole = naiveIntegral(stages, totalMs, 5);
        expect(Math.abs(times.length - whole)).toBeLessThanOrEqual(1);
        times.forEach((at, call) => {
          expect(at).toBeLessThanOrEqual(totalMs);
          expect(at).toBeGreaterThanOrEqual(times[call - 1] ?? 0);
        });
        // A few of them: the oracle is slow.
        const every = Math.ceil(times.length / 10);
        for (let call = 0; call < times.length; call += every) {
          expect(naiveIntegral(stages, times[call] as number, 1)).toBeCloseTo(call, 3);
        }
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});

describe("a Poisson load", () => {
  it("has gaps that are exponential with the rate", () => {
    const perSecond = 200;
    const times = due([stage(perSecond, perSecond, 50_000)], "poisson", 11);
    const gaps = times.map((at, i) => (at - (times[i - 1] ?? 0)) / 1000).sort((a, b) => a - b);
    const n = gaps.length;
    const distance = Math.max(
      ...gaps.map((gap, i) => {
        const expected = 1 - Math.exp(-perSecond * gap);
        return Math.max(expected - i / n, (i + 1) / n - expected);
      }),
    );
    // Kolmogorov's critical value at 1 %.
    expect(distance).toBeLessThan(1.628 / Math.sqrt(n));
    // Even gaps of the same mean are far beyond it.
    expect(1 - Math.exp(-1)).toBeGreaterThan(1.628 / Math.sqrt(n));
  });

  it("follows a ramp: rescaled by the integral of the rate, its times are uniform", () => {
    const ramp = [stage(0, 400, 20_000), stage(400, 100, 20_000)];
    const whole = ramp.reduce((sum, each) => sum + callsIn(each), 0);
    const times = due(ramp, "poisson", 3);
    const n = times.length;
    // 4 standard deviations of a Poisson count.
    expect(Math.abs(n - whole)).toBeLessThan(4 * Math.sqrt(whole));
    const sampled = times.filter((_, i) => i % 10 === 0);
    const distance = Math.max(
      ...sampled.map((at, i) => Math.abs(naiveIntegral(ramp, at, 20) / whole - (i + 0.5) / sampled.length)),
    );
    expect(distance).toBeLessThan(1.628 / Math.sqrt(n) + 1 / sampled.length);
  });

  it("is the same for the same seed, and another for another", () => {
    const stages = [stage(50, 50, 1000)];
    expect(due(stages, "poisson", 4)).toEqual(due(stages, "poisson", 4));
    expect(due(stages, "poisson", 4)).not.toEqual(due(stages, "poisson", 5));
  });

  it("has counts whose variance is their mean", () => {
    const counts = Array.from(
      { length: 400 },
      (_, seed) => due([stage(30, 30, 1000)], "poisson", seed).length,
    );
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
    expect(Math.abs(mean - 30)).toBeLessThan(4 * Math.sqrt(30 / 400));
    // The ratio's standard deviation is √(2 ÷ 399).
    expect(Math.abs(variance / mean - 1)).toBeLessThan(4 * Math.sqrt(2 / 399));
  });
});

test("a backlog takes no memory: ten million calls are drawn one by one", () => {
  const load = { stages: [stage(1_000_000, 1_000_000, 10_000)], spacing: "even" } as const;
  const before = process.memoryUsage();
  let count = 0;
  for (const _ of arrivals(load, 1)) count++;
  const after = process.memoryUsage();
  expect(count).toBe(10_000_000);
  // As an array they would be 80 MB.
  expect(after.heapUsed - before.heapUsed).toBeLessThan(40e6);
  expect(after.external - before.external).toBeLessThan(1e6);
});
