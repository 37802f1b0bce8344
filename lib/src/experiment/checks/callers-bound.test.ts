import { expect, test } from "vitest";
import { makePlan } from "../plan/plan.js";
import type { RoundSummary } from "../rounds.js";
import { checkCallers } from "./callers-bound.js";

const plan = makePlan({
  arms: [{ name: "rest", callers: 16 }, "grpc"],
  pairs: 1,
  blocks: 2,
  warmupBlocks: 1,
});
const warm = [{ fromBlock: 1, stillWarming: [] }];

/** Block 0 warms up, and every one takes 100 ms. */
function rounds(arm: string, underWay: number): RoundSummary[] {
  return [0, 1, 2].map((block) => ({
    arm,
    pair: 0,
    block,
    previous: null,
    medianMs: 1,
    calls: 100,
    failed: 0,
    elapsedMs: 100,
    callsPerSecond: 1000,
    underWay: block === 0 ? 1 : underWay,
    load: null,
  }));
}

function usage(arm: string, clientCpuMs: number | null, cpuMs: number) {
  return [1, 2].map((block) => ({
    arm,
    pair: 0,
    block,
    calls: 100,
    cpuMs,
    clientCpuMs,
    residentBytes: null,
    peakBytes: null,
  }));
}

test("a client whose processor is full while the server's is not has measured itself", () => {
  const [warning, ...others] = checkCallers(plan, rounds("rest", 15.9), usage("rest", 98, 33), warm);
  expect(others).toEqual([]);
  expect(warning).toMatchObject({ code: "client-bound" });
  expect(warning?.message).toBe(
    "The rate of rest is partly the client's: its client used 98 % of a processor while the server used 33 %.",
  );
});

test("callers without a call under way are a load that was not asked for", () => {
  const [warning] = checkCallers(plan, rounds("rest", 13.9), usage("rest", 50, 97), warm);
  expect(warning?.message).toBe(
    "The rate of rest is partly the client's: of 16 callers 13.9 had a call under way on average.",
  );
});

test.each([
  ["the server is full as well", 15.9, 99, 97],
  ["nobody is full", 15.5, 70, 60],
  ["the client's time is not known", 15.9, null, 33],
])("nothing is said where %s", (_, underWay, clientCpuMs, cpuMs) => {
  expect(checkCallers(plan, rounds("rest", underWay), usage("rest", clientCpuMs, cpuMs), warm)).toEqual([]);
});

test("one caller at a time is no load", () => {
  expect(checkCallers(plan, rounds("grpc", 0.5), usage("grpc", 99, 10), warm)).toEqual([]);
});
