import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { createRandom } from "../stats/random.js";
import { averageUsers, drawThinkMs, meanThinkMs, spawnAtMs, userRandom, usersAt } from "./users.js";

describe("a ramp", () => {
  it("starts users evenly, the first at once, as Locust does at a spawn rate", () => {
    const ramp = { users: 4, spawnPerSecond: 2 };
    expect([0, 1, 2, 3].map((user) => spawnAtMs(user, ramp))).toEqual([0, 500, 1000, 1500]);
    expect([-1, 0, 499, 500, 1499, 1500, 9000].map((atMs) => usersAt(atMs, ramp))).toEqual([
      0, 1, 1, 2, 3, 4, 4,
    ]);
  });

  it("without a rate starts all at once", () => {
    const ramp = { users: 7, spawnPerSecond: null };
    expect([spawnAtMs(6, ramp), usersAt(0, ramp), usersAt(-1, ramp)]).toEqual([0, 7, 0]);
  });

  it("averages the users of every ms of the load", () => {
    const anyRamp = fc.record({
      users: fc.integer({ min: 1, max: 200 }),
      spawnPerSecond: fc.option(fc.double({ min: 0.5, max: 400, noNaN: true })),
      runTimeMs: fc.integer({ min: 50, max: 4000 }),
    });
    fc.assert(
      fc.property(anyRamp, (ramp) => {
        let sum = 0;
        for (let ms = 0; ms < ramp.runTimeMs; ms++) sum += usersAt(ms + 0.5, ramp);
        // A user who begins within a ms is counted for all of it or for none.
        expect(Math.abs(averageUsers(ramp) - sum / ramp.runTimeMs)).toBeLessThanOrEqual(
          (0.5 * ramp.users) / ramp.runTimeMs + 1e-9,
        );
      }),
      { seed: 2, numRuns: 200 },
    );
  });
});

test("pauses are even between their bounds, and exact where these are one", () => {
  const random = createRandom(9);
  const n = 10_000;
  const drawn = Array.from({ length: n }, () => drawThinkMs([1000, 2000], random)).sort((a, b) => a - b);
  const distance = Math.max(...drawn.map((ms, i) => Math.abs((ms - 1000) / 1000 - (i + 0.5) / n)));
  expect(distance).toBeLessThan(1.628 / Math.sqrt(n));
  expect(drawThinkMs([250, 250], random)).toBe(250);
});

test.each([0, 1, 77, 2 ** 31 - 1])(
  "users pause independently of their neighbours, with the seed %i",
  (seed) => {
    const n = 10_000;
    const first = Array.from({ length: n }, (_, user) => drawThinkMs([0, 1], userRandom(seed, user)));
    const mean = first.reduce((sum, ms) => sum + ms, 0) / n;
    // 4 standard deviations of a mean, and of a correlation, of independent draws.
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * n));
    for (const apart of [1, 2, 16]) {
      const pairs = first.slice(apart).map((ms, i) => (ms - mean) * ((first[i] as number) - mean));
      expect(Math.abs((12 / n) * pairs.reduce((sum, each) => sum + each, 0))).toBeLessThan(4 / Math.sqrt(n));
    }
  },
);

test.each([
  [[1000, 2000], 3000],
  [[1000, 2000], 1600],
  [[1000, 2000], 400],
  [[0, 100], 30],
  [[500, 500], 700],
  [[500, 500], 200],
  [[0, 0], 10],
] as const)("the mean of pauses of %j that %i ms cut off is that of a simulation", (thinkMs, leftMs) => {
  const random = createRandom(4);
  const n = 200_000;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.min(leftMs, drawThinkMs(thinkMs, random));
  const tolerance = (5 * (thinkMs[1] - thinkMs[0])) / Math.sqrt(12 * n) + 1e-9;
  expect(Math.abs(meanThinkMs(thinkMs, leftMs) - sum / n)).toBeLessThanOrEqual(tolerance);
});
