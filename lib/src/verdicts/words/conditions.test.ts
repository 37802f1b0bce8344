import { expect, test } from "vitest";
import { judge } from "../judge.js";
import { madeUpClaim, measured } from "../testing/made-up.js";
import type { Verdict } from "../types.js";
import { sayWhen, sayWhenInBrief } from "./conditions.js";

const intervals = {
  holds: [20, 26],
  opposite: [0.6, 0.7],
  negligible: [0.99, 1.01],
  undecided: [0.9, 1.3],
} as const;

function verdict(
  outcome: keyof typeof intervals | "untested",
  conditions: string,
  stack = "ported",
): Verdict {
  const claim = madeUpClaim();
  const options = { stack, host: "child" as const, conditions };
  if (outcome === "untested") return judge(claim, null, options);
  const [low, high] = intervals[outcome];
  return judge(claim, measured(claim, low, high, { run: `runs/${outcome}` }), options);
}

const kept = "one machine; REST keeps its connection";
const fresh = "one machine; REST opens a new connection for every call";

test.each<[string, readonly Verdict[]]>([
  ["holds", [verdict("holds", kept)]],
  ["holds under both conditions tested", [verdict("holds", kept), verdict("holds", fresh)]],
  ["does not hold, the opposite is true", [verdict("opposite", kept)]],
  [
    "does not hold, the opposite is true, under both conditions tested",
    [verdict("opposite", kept), verdict("opposite", fresh)],
  ],
  ["is not testable here", [verdict("untested", kept), verdict("untested", fresh)]],
  [
    "holds when REST opens a new connection for every call; not when REST keeps its connection (the opposite)",
    [verdict("opposite", kept), verdict("holds", fresh)],
  ],
  [
    "does not hold when REST keeps its connection (negligible); undecided when REST opens a new connection for every call",
    [verdict("negligible", kept), verdict("undecided", fresh)],
  ],
  [
    "holds when the post's own stack runs; not when Express and grpc-js run (the opposite)",
    [verdict("opposite", kept), verdict("holds", kept, "replicated: flask")],
  ],
  [
    "holds when REST keeps its connection and the post's own stack runs, or when REST opens a new connection for every call and Express and grpc-js run; not tested when REST opens a new connection for every call and the post's own stack runs",
    [
      verdict("holds", kept, "replicated: flask"),
      verdict("untested", fresh, "replicated: flask"),
      verdict("holds", fresh, "ported"),
    ],
  ],
  [
    "holds when measured in runs/holds; undecided when measured in runs/undecided",
    [verdict("holds", kept), verdict("undecided", kept)],
  ],
])("%s", (sentence, verdicts) => {
  expect(sayWhen(verdicts)).toBe(sentence);
});

test("refuses verdicts of no claim or of several", () => {
  expect(() => sayWhen([])).toThrow(/of 0 claims/);
  const other = { ...verdict("holds", kept), claim: "003-other" };
  expect(() => sayWhen([verdict("holds", kept), other])).toThrow(/of 2 claims/);
});

test("in brief it says in words where a claim holds, and counts the rest", () => {
  expect(sayWhenInBrief([verdict("holds", fresh), verdict("opposite", kept)])).toBe(
    "holds when REST opens a new connection for every call; the opposite in 1 of 2 conditions",
  );
  const open = [verdict("opposite", kept), verdict("undecided", fresh), verdict("undecided", "two machines")];
  expect(sayWhenInBrief(open)).toBe(
    "holds nowhere beyond doubt; the opposite in 1, undecided in 2 of 3 conditions",
  );
  expect(sayWhenInBrief([verdict("holds", kept), verdict("holds", fresh)])).toBe(
    "holds under both conditions tested",
  );
});
