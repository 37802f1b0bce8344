import { describe, expect, it } from "vitest";
import type { LoadRound } from "../../record/load-info.js";
import { closedLoad } from "../../schedule/load-choice.js";
import { compareCalls, type RunFacts } from "../compare.js";
import { roundsOf } from "../rounds/rounds.js";
import { summariseArm } from "../summarise.js";
import { type LoadCall, loadCalls } from "../testing/load-calls.js";
import { summariseLoad } from "./load.js";
import { countsOf, stretchesByPair } from "./stretches.js";

const beginMs = 500;

function begun(arm: string, pair = 0, block = 0): LoadRound {
  const ended = { endMs: beginMs + 1000, overMs: 1000, usersStarted: 2, notSent: 0, seconds: [] };
  return { arm, pair, block, beginMs, ...ended };
}

const run: RunFacts = {
  host: "child",
  seed: 1,
  load: closedLoad({ users: 2, runTimeMs: 1000 }),
  loadRounds: [],
  arms: [{ name: "rest", protocol: "rest", server: 0 }],
  usage: [],
  usageMissing: "nobody looked",
};

/** Begins late, pauses, fails once, and has a call that ends after the run time. */
const calls: LoadCall[] = [
  { dueMs: 800, durationMs: 10 },
  { dueMs: 1000, durationMs: 10, error: "TIMEOUT" },
  { dueMs: 1300, lateMs: 5, durationMs: 20 },
  { dueMs: 1490, durationMs: 20 },
];

describe("a round of a load", () => {
  it("has a rate over its run time, of calls that succeeded and ended within it", () => {
    const [round] = roundsOf(loadCalls(calls), "rest", { ...run, loadRounds: [begun("rest")] });
    expect(round).toMatchObject({ calls: 3, counted: 2, seconds: 1, callsPerSecond: 2 });
    expect([...(round?.load?.fromDueMs ?? [])]).toEqual([10, 25, 20]);
  });

  it("begins with its first call's due time where the run was killed before it told", () => {
    const [round] = roundsOf(loadCalls(calls), "rest", run);
    expect([...(round?.load?.endsMs ?? [])]).toEqual([10, 525, 710]);
    expect(round).toMatchObject({
      noRate: "how long one of its rounds ran is not known",
      seconds: Number.NaN,
    });
  });

  it("that was cut short has a rate over the time until then, of calls that ended by then", () => {
    const cut = { ...begun("rest"), endMs: beginMs + 1010, overMs: 820 };
    const [round] = roundsOf(loadCalls(calls), "rest", { ...run, loadRounds: [cut] });
    expect(round).toMatchObject({ counted: 1, seconds: 0.82, noRate: null });
    expect(round && countsOf(round).reduce((sum, { below }) => sum + below, 0)).toBeCloseTo(0.82, 12);
    const [early] = roundsOf(loadCalls(calls), "rest", { ...run, loadRounds: [{ ...cut, overMs: 300 }] });
    expect(early?.noRate).toContain("cut short before a call had succeeded");
  });

  it("of which nobody wrote down when it was over ran its run time only if a call ended after that", () => {
    const rateOf = (endMs: number) => {
      const facts = { ...run, loadRounds: [{ ...begun("rest"), overMs: null, endMs }] };
      return summariseLoad(loadCalls(calls), { name: "rest", notMeasured: {} }, facts);
    };
    expect(rateOf(beginMs + 1010).requestsPerSecond?.value).toBeCloseTo(2, 9);
    expect(rateOf(beginMs + 999)).toMatchObject({
      requestsPerSecond: null,
      peakRequestsPerSecond: null,
      notMeasured: { requestsPerSecond: "how long one of its rounds ran is not known" },
    });
  });

  it("is cut into stretches of its run time, and none of its calls is lost", () => {
    const rounds = roundsOf(loadCalls(calls), "rest", { ...run, loadRounds: [begun("rest")] });
    const [pair] = stretchesByPair(rounds, ({ durationsMs }) => durationsMs);
    expect(pair?.map((stretch) => [...stretch])).toEqual([[10], [20], [20]]);
    const counts = rounds.flatMap(countsOf);
    expect(counts).toHaveLength(20);
    expect(counts.reduce((sum, { above }) => sum + above, 0)).toBe(2);
    expect(counts.reduce((sum, { below }) => sum + below, 0)).toBeCloseTo(1, 12);
  });

  it("has an interval around its rate and its median even as the only round of a run", () => {
    const many = Array.from({ length: 200 }, (_, i) => ({ dueMs: beginMs + i * 5, durationMs: 3 + (i % 7) }));
    const facts = { ...run, loadRounds: [begun("rest")] };
    const { requestsPerSecond, p50Ms } = summariseLoad(
      loadCalls(many),
      { name: "rest", notMeasured: {} },
      facts,
    );
    expect(requestsPerSecond?.value).toBeCloseTo(199, 9);
    expect(requestsPerSecond?.low).toBeLessThan(199);
    expect(p50Ms?.value).toBe(6);
  });
});

describe("comparing loads", () => {
  const twoArms = [0, 1, 2].flatMap((block) =>
    ["rest", "grpc"].flatMap((arm) =>
      Array.from({ length: arm === "rest" ? 10 : 20 }, (_, i) => ({
        arm,
        block,
        dueMs: beginMs + i * 10,
        durationMs: 1,
        bytesReceived: arm === "rest" ? 12 : 4,
      })),
    ),
  );
  const facts = {
    ...run,
    loadRounds: [0, 1, 2].flatMap((block) => ["rest", "grpc"].map((arm) => begun(arm, 0, block))),
  };
  const arms = { first: "rest", second: "grpc" };

  it.each([
    ["count", 0.5],
    ["rate", 0.5],
    ["bytes", 3],
  ] as const)("by %s", (metric, ratio) => {
    const { value } = compareCalls(loadCalls(twoArms), facts, null, { ...arms, metric }).ratio;
    expect(value).toBeCloseTo(ratio, 10);
  });

  it("compares no counts of rounds that were cut short", () => {
    const cut = facts.loadRounds.map((round) => ({ ...round, overMs: round.block === 1 ? 500 : 1000 }));
    const by = (metric: "count" | "rate") =>
      compareCalls(loadCalls(twoArms), { ...facts, loadRounds: cut }, null, { ...arms, metric });
    expect(() => by("count")).toThrow("one of its rounds did not run for the whole run time");
    expect(by("rate").ratio.value).toBeCloseTo(0.5, 10);
  });

  it("has rounds in which nothing succeeded in its rate, not in its durations, and no ratio with them", () => {
    const failing = twoArms.map((row) =>
      row.arm === "grpc" && row.block === 1 ? { ...row, error: "UNAVAILABLE" } : row,
    );
    const by = (metric: "count" | "rate" | "mean") =>
      compareCalls(loadCalls(failing), facts, null, { ...arms, metric });
    for (const metric of ["count", "rate"] as const) {
      expect(() => by(metric)).toThrow(
        `no ${metric} of grpc to compare: in a round of it no call succeeded within the run time`,
      );
    }
    expect(by("mean").blocks).toBe(2);
    const { requestsPerSecond, meanMs } = summariseLoad(
      loadCalls(failing),
      { name: "grpc", notMeasured: {} },
      facts,
    );
    expect(requestsPerSecond?.value).toBeCloseTo(40 / 3, 9);
    expect(meanMs?.value).toBeCloseTo(1, 9);
    expect(summariseArm(loadCalls(failing), "grpc", facts).callsPerSecond).toBeCloseTo(40 / 3, 9);
  });

  it("of an arm that only failed is by a rate of 0", () => {
    const failing = loadCalls(twoArms.map((row) => ({ ...row, error: "UNAVAILABLE" })));
    const { requestsPerSecond, p50Ms } = summariseLoad(failing, { name: "grpc", notMeasured: {} }, facts);
    expect([requestsPerSecond?.value, p50Ms]).toEqual([0, null]);
  });

  it("says why what lasts a number of calls has no count, and what has no body no bytes", () => {
    const chain = { ...run, load: null };
    expect(() => compareCalls(loadCalls(twoArms), chain, null, { ...arms, metric: "count" })).toThrow(
      "The run has no count of rest to compare: its rounds last a number of calls, and only what lasts a time counts them.",
    );
    const empty = loadCalls(twoArms.map((row) => ({ ...row, bytesReceived: 0 })));
    expect(() => compareCalls(empty, chain, null, { ...arms, metric: "bytes" })).toThrow(
      "its answers have no body that is counted",
    );
  });
});
