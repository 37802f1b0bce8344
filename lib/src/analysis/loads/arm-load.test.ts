import { expect, test } from "vitest";
import type { LoadRound } from "../../record/load-info.js";
import { closedLoad, openLoad } from "../../schedule/load-choice.js";
import type { RunFacts } from "../compare.js";
import { summariseArm } from "../summarise.js";
import { loadCalls } from "../testing/load-calls.js";

const round: LoadRound = {
  arm: "rest",
  pair: 0,
  block: 0,
  beginMs: 0,
  endMs: 4100,
  overMs: 4000,
  usersStarted: 7,
  notSent: 100,
  seconds: [],
};
const run: RunFacts = {
  host: "child",
  seed: 1,
  load: openLoad({ callsPerSecond: 250, runTimeMs: 4000 }),
  loadRounds: [round],
  arms: [{ name: "rest", protocol: "rest", server: 0 }],
  usage: [],
  usageMissing: "nobody looked",
};

/** 900 calls in 4 s; every fifth is sent 30 ms after it was due, and the last one ends too late. */
const rows = Array.from({ length: 900 }, (_, i) => ({
  dueMs: i * 4,
  lateMs: i % 5 === 0 ? 30 : 0,
  durationMs: i === 899 ? 1000 : 2,
}));
const calls = loadCalls(rows);

test("percentiles from when due are of all that was due: what failed or was never sent waited longest", () => {
  // 1000 calls due, of which 1 ms, 2 ms, … 900 ms were waited for those that were sent.
  const waits = (failedFrom: number, notSent: number) => {
    const own = Array.from({ length: 900 }, (_, i) => ({
      dueMs: i * 4,
      durationMs: ((i * 7) % 900) + 1,
      error: ((i * 7) % 900) + 1 > failedFrom ? "TIMEOUT" : "",
    }));
    const { load } = summariseArm(loadCalls(own), "rest", { ...run, loadRounds: [{ ...round, notSent }] });
    return load;
  };
  expect(waits(900, 0)?.dueP50Ms?.value).toBeCloseTo(450, -1);
  expect(waits(900, 100)?.dueP50Ms?.value).toBeCloseTo(500, -1);
  expect(waits(800, 100)?.dueP50Ms?.value).toBeCloseTo(500, -1);
  const { dueP99Ms, refused } = waits(800, 100) ?? {};
  expect([dueP99Ms, refused?.dueP99Ms?.refused]).toEqual([
    null,
    "of 1000 calls that were due, 200 were never answered",
  ]);
  const { load: killed } = summariseArm(calls, "rest", { ...run, loadRounds: [] });
  expect([killed?.askedPerSecond, killed?.dueP50Ms]).toEqual([null, null]);
  expect(killed?.refused.dueP50Ms?.refused).toContain("never sent is not known");
});

test("an open load has the rate that was asked, what was not sent, and both latencies", () => {
  const { load, callsPerSecond, p95Ms } = summariseArm(calls, "rest", run);
  expect(load).toMatchObject({ notSent: 100, askedPerSecond: 250 });
  expect(callsPerSecond).toBeCloseTo(899 / 4, 9);
  expect(load?.dueP50Ms?.value).toBeCloseTo(2, 9);
  expect(load?.refused.dueP99Ms?.refused).toBe("of 1000 calls that were due, 100 were never answered");
  expect(p95Ms?.value).toBe(2);
  const all = { ...run, loadRounds: [{ ...round, notSent: 0 }] };
  // Every fifth was sent late, which only the latency from when it was due tells.
  const late = summariseArm(loadCalls(rows.slice(0, 890)), "rest", all);
  expect([late.load?.dueP99Ms?.value, late.p99Ms?.value]).toEqual([32, 2]);
  expect([late.load?.dueP95Ms?.value, late.p95Ms?.value]).toEqual([32, 2]);
});

test("a closed load asks for no rate, and what a killed run did not tell is not known", () => {
  const load = closedLoad({ users: 10, runTimeMs: 4000 });
  const { load: killed } = summariseArm(calls, "rest", { ...run, load, loadRounds: [] });
  expect(killed).toMatchObject({ notSent: null, askedPerSecond: null });
});

test("a percentile of too few calls is refused with what it needs", () => {
  const few = loadCalls(Array.from({ length: 30 }, (_, i) => ({ dueMs: i * 100, durationMs: 2 })));
  const { load } = summariseArm(few, "rest", { ...run, loadRounds: [{ ...round, notSent: 0 }] });
  expect(load?.dueP99Ms).toBeNull();
  expect(load?.refused.dueP99Ms?.refused).toMatch(/p99 needs \d+ calls/);
});

test("calls one after another have none of it", () => {
  expect(summariseArm(calls, "rest", { ...run, load: null, loadRounds: [] }).load).toBeNull();
});
