import { expect, test } from "vitest";
import { callsFromParts } from "../../record/calls-table.js";
import { sampleInfo, samplePart } from "../../record/testing/samples.js";
import { closedLoad } from "../../schedule/load-choice.js";
import { loadCallsOf } from "./load-calls.js";

const load = closedLoad({ users: 3, runTimeMs: 1000 });
const info = { load, loadRounds: [] };
const calls = callsFromParts(
  [
    samplePart("rest", 0, 0, 5),
    samplePart("rest", 0, 2, 20, 20),
    samplePart("grpc-stream", 0, 1, 20),
    samplePart("rest", 0, 1, 20),
  ],
  { warmFromBlock: [1] },
);

test("each round of the load has its calls in the order in which they ended, from the load's begin", () => {
  const begun = { pair: 0, endMs: 0, overMs: null, usersStarted: 3, notSent: 0, seconds: [] };
  const loadRounds = [{ ...begun, arm: "rest", block: 1, beginMs: -100 }];
  const rounds = loadCallsOf(calls, { ...info, loadRounds });
  expect(rounds.map(({ arm, block, calls: own }) => [arm, block, own.length])).toEqual([
    ["rest", 1, 20],
    ["rest", 2, 20],
    ["grpc-stream", 1, 20],
  ]);
  const ends = rounds.map((round) => round.calls.map(({ endMs }) => endMs));
  for (const round of ends) expect(round).toEqual(round.toSorted((a, b) => a - b));
  expect(ends[0]?.[0]).toBeCloseTo(100.35, 9);
  expect(rounds[0]?.calls[3]?.ok).toBe(false);
});

test("a round whose end nobody saw begins when its first call was due, as every table has it", () => {
  const [first] = loadCallsOf(calls, info)[1]?.calls ?? [];
  // It was sent 0.25 ms after that.
  expect(first?.endMs).toBeCloseTo(0.25 + (first?.durationMs ?? Number.NaN), 9);
});

test("a run of calls one after another has none", () => {
  expect(loadCallsOf(calls, sampleInfo())).toEqual([]);
});
