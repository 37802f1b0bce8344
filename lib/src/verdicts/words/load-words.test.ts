import { expect, test } from "vitest";
import { closedLoad, openLoad, steps } from "../../schedule/load-choice.js";
import { sayLoad } from "./load-words.js";

test("users are said with their ramp, their pause and their time", () => {
  const users = { users: 100, runTimeMs: 30_000 };
  expect(sayLoad(closedLoad({ ...users, spawnPerSecond: 10, thinkMs: [1000, 2000] }))).toBe(
    "100 users, 10 started a second, pausing 1–2 s, for 30 s",
  );
  expect(sayLoad(closedLoad(users))).toBe("100 users, all at once, without a pause, for 30 s");
  expect(sayLoad(closedLoad({ users: 1, thinkMs: 250, runTimeMs: 180_000 }))).toBe(
    "1 user, pausing 250 ms, for 3 min",
  );
  expect(sayLoad(closedLoad({ ...users, users: 10_000, thinkMs: [500, 1500] }))).toBe(
    "10,000 users, all at once, pausing 500 ms to 1.5 s, for 30 s",
  );
  expect(sayLoad(closedLoad({ ...users, users: 2, spawnPerSecond: 0.5, thinkMs: [0, 1500] }))).toBe(
    "2 users, 0.5 started a second, pausing 0–1.5 s, for 30 s",
  );
});

test("arrivals are said with their rates, how they are spaced, and their times", () => {
  expect(sayLoad(openLoad({ callsPerSecond: 200, runTimeMs: 5000, spacing: "poisson" }))).toBe(
    "200 calls a second, at random, for 5 s",
  );
  expect(sayLoad(openLoad({ stages: steps([1250, 2_345.5], { eachMs: 2000 }) }))).toBe(
    "1,250, then 2,345.5 calls a second, 2 s each, evenly",
  );
  const ramp = { fromPerSecond: 50, toPerSecond: 500, durationMs: 10_000 };
  expect(sayLoad(openLoad({ stages: [ramp] }))).toBe("50 to 500 calls a second, evenly, for 10 s");
  expect(
    sayLoad(openLoad({ stages: [ramp, { fromPerSecond: 500, toPerSecond: 500, durationMs: 60_000 }] })),
  ).toBe("50 to 500 for 10 s, then 500 for 1 min, in calls a second, evenly");
});
