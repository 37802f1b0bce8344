import { expect, it } from "vitest";
import type { Side } from "../stats/side.js";
import { comparisonWords } from "../verdicts/words/comparison-words.js";
import type { Choice, Recomputed } from "./recompute.js";
import { sayCareless, sayComparison } from "./words.js";

const words = comparisonWords("grpc", "rest");
const choice: Choice = { metric: "p90", cut: "detected", unit: "pairs" };

function found(side: Side, low: number, high: number): Recomputed {
  const ratio = { value: Math.sqrt(low * high), low, high, confidence: 0.99 };
  return { ratio, side, pairs: 1, blocks: 1200, calls: 1, scope: "these processes only", oneProcess: false };
}

it("says ratio, direction and what they rest on", () => {
  expect(sayComparison(found("above", 1.2, 1.4), choice, words)).toEqual({
    ratio: "gRPC took 1.2 to 1.4 times as long as REST (90th percentile), in these processes only.",
    direction: "gRPC took longer than REST.",
    basis:
      "99 % interval around 1.3. By 90th percentile; without what the run left out as warm-up; what repeats: pairs, then blocks. From 1 call in 1,200 blocks of 1 pair.",
  });
});

it.each([
  ["below", 0.5, 0.6, "gRPC took less time than REST."],
  [
    "inside",
    0.99,
    1.01,
    "gRPC took about as long as REST: all of the interval lies within the 5 % that would not count.",
  ],
  [
    "across",
    0.9,
    1.3,
    "Undecided: part of the interval lies within the 5 % that would not count, part beyond.",
  ],
] as const)("says of an interval that lies %s what it says", (side, low, high, direction) => {
  expect(sayComparison(found(side, low, high), choice, words).direction).toBe(direction);
});

it.each(["above", "below", "inside", "across"] as const)(
  "gives one process that was client and server no direction, though its interval lies %s",
  (side) => {
    for (const scope of ["these processes only", null] as const) {
      const alone = { ...found(side, 1.2, 1.4), scope, oneProcess: true };
      expect(sayComparison(alone, choice, words).direction).toBe(
        "One process was client and server, so this decides nothing.",
      );
    }
  },
);

it("names every choice", () => {
  const basis = (changed: Partial<Choice>) =>
    sayComparison({ missing: "nothing is left" }, { ...choice, ...changed }, words).basis;
  expect(basis({ cut: { firstBlocks: 0 } })).toContain("with everything that was called, warm-up too");
  expect(basis({ cut: { firstBlocks: 1 } })).toContain("without the first block of every pair");
  expect(basis({ cut: { firstSeconds: 1 } })).toContain("without the first second of every round");
  expect(basis({ cut: { firstSeconds: 2 } })).toContain("without the first 2 seconds of every round");
  expect(basis({ unit: { pair: 0 } })).toContain("what repeats: blocks of pair 1");
  expect(sayComparison({ missing: "nothing is left" }, choice, words).ratio).toBe(
    "No ratio: nothing is left.",
  );
});

it("never lets single calls speak for themselves", () => {
  const careless = { ...found("above", 1.29, 1.31), scope: null };
  const said = sayComparison(careless, { ...choice, unit: "calls" }, words);
  expect(said.direction).toBe("A careless post would say: gRPC took longer than REST.");
  expect(said.ratio).toMatch(/if no call had anything to do with another, which is not so\.$/);
  expect(sayCareless(careless, found("above", 1.2, 1.4))).toMatch(
    /0\.0998 times as wide as over pairs, then blocks: surer than it may be\.$/,
  );
  expect(sayCareless(careless, found("above", 1.3, 1.301))).toMatch(
    /20 times as wide.*only those can tell\.$/,
  );
  expect(sayCareless({ missing: "" }, careless)).toMatch(/count them so\.$/);
});
