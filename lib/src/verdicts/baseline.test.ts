import { describe, expect, test } from "vitest";
import { sampleInfo } from "../record/testing/samples.js";
import { compareVerdicts, hasLeft } from "./baseline.js";
import { judge } from "./judge.js";
import { otherEnvironment } from "./runs/other-environment.js";
import { madeUpClaim, measured } from "./testing/made-up.js";
import type { Verdict } from "./types.js";

const claim = madeUpClaim();

function verdictOf(low: number, high: number, changes: Partial<Verdict> = {}): Verdict {
  const around = { stack: "ported: express 5.3.0", host: "child", conditions: "one caller calls" } as const;
  return { ...judge(claim, measured(claim, low, high), around), ...changes };
}

function outcomes(before: readonly Verdict[], now: readonly Verdict[]): readonly string[] {
  return compareVerdicts(before, now).map(({ outcome }) => outcome);
}

describe("a verdict beside its baseline", () => {
  test.each([
    ["is the same", [2, 3], [2, 3], "stays"],
    ["meets it at its end", [2, 3], [3, 4], "stays"],
    ["lies beyond it", [2, 3], [3.01, 4], "moved"],
    ["lies below it", [2, 3], [1.2, 1.99], "moved"],
    ["turned", [2, 3], [0.4, 0.6], "turned"],
    ["turned back", [0.4, 0.6], [2, 3], "turned"],
    ["became negligible", [2, 3], [0.98, 1.02], "moved"],
    ["is undecided now", [2, 3], [0.9, 1.2], "undecided"],
    ["was undecided, and is far away", [0.9, 1.2], [5, 6], "undecided"],
  ] as const)("%s", (_what, before, now, outcome) => {
    const [one] = compareVerdicts([verdictOf(before[0], before[1])], [verdictOf(now[0], now[1])]);
    expect(one?.outcome).toBe(outcome);
    expect(one && hasLeft(one)).toBe(["moved", "turned"].includes(outcome));
  });
  test("a direction that turned left even where the intervals meet", () => {
    const opposite = verdictOf(2, 3, { direction: "opposite" });
    expect(outcomes([verdictOf(2, 3)], [opposite])).toEqual(["turned"]);
  });
});

test("what speaks for few processes differs from others without having left", () => {
  const scope = "these processes only";
  const [few, many] = [verdictOf(2, 3, { scope }), verdictOf(2, 3)];
  for (const far of [verdictOf(5, 6, { scope }), verdictOf(5, 6), verdictOf(0.2, 0.3)]) {
    expect(outcomes([few], [far])).toEqual(["other processes"]);
  }
  expect(outcomes([many], [verdictOf(5, 6, { scope })])).toEqual(["other processes"]);
  expect(outcomes([few], [many])).toEqual(["stays"]);
});

test("a verdict of another arm, stack or condition is another one, and versions are none", () => {
  const before = verdictOf(2, 3);
  const alone = ["not judged now", "not in the baseline"];
  expect(outcomes([before], [verdictOf(9, 10, { first: "rest-new-connection" })])).toEqual(alone);
  expect(outcomes([before], [verdictOf(9, 10, { stack: "replicated: fastapi 0.165" })])).toEqual(alone);
  expect(outcomes([before], [verdictOf(9, 10, { conditions: "ten callers call" })])).toEqual(alone);
  expect(outcomes([before], [verdictOf(9, 10, { stack: "ported: express 6.0.0" })])).toEqual(["moved"]);
});

test("what was not tested is missing on its side, and on both sides left out", () => {
  const untested = verdictOf(2, 3, { direction: "not testable here", low: null, high: null });
  expect(outcomes([untested], [verdictOf(2, 3)])).toEqual(["not in the baseline"]);
  expect(outcomes([verdictOf(2, 3)], [untested])).toEqual(["not judged now"]);
  expect(outcomes([untested], [untested])).toEqual([]);
});

test("several verdicts of one kind keep their order, and those that left come first", () => {
  const [low, high] = [verdictOf(2, 3), verdictOf(5, 6)];
  expect(outcomes([low, high], [low, high])).toEqual(["stays", "stays"]);
  expect(outcomes([low, high], [low, verdictOf(8, 9)])).toEqual(["moved", "stays"]);
});

test("names machine, versions, stacks and profiles that differ, and nothing else", () => {
  const { environment } = sampleInfo();
  const same = compareVerdicts([verdictOf(2, 3)], [verdictOf(2, 3)]);
  expect(otherEnvironment(environment, environment, same)).toEqual([]);
  const other = { ...environment, node: "v99.0.0", packages: { ...environment.packages, express: "9.9.9" } };
  const compared = compareVerdicts(
    [verdictOf(2, 3)],
    [verdictOf(2, 3, { stack: "ported: express 9.9.9", calls: 100 })],
  );
  expect(otherEnvironment(environment, other, compared)).toEqual([
    expect.stringMatching(/^node: v.*, now v99\.0\.0$/),
    expect.stringMatching(/^express: .*, now 9\.9\.9$/),
    "stack: ported: express 5.3.0, now ported: express 9.9.9",
    "calls behind the verdicts: 20,000, now 100",
  ]);
});
