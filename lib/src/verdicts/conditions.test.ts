import { expect, test } from "vitest";
import { sayWhen } from "./conditions.js";
import { judge } from "./judge.js";
import { madeUpClaim, measured } from "./testing/made-up.js";
import type { Verdict } from "./types.js";

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
    "holds when the stack is Python; not when the stack is ported (the opposite)",
    [verdict("opposite", kept), verdict("holds", kept, "Python")],
  ],
  [
    "holds when REST keeps its connection and the stack is Python, or when REST opens a new connection for every call and the stack is ported; not tested when REST opens a new connection for every call and the stack is Python",
    [
      verdict("holds", kept, "Python"),
      verdict("untested", fresh, "Python"),
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
