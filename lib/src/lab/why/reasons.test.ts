import { expect, test } from "vitest";
import type { PythonStacks } from "../../hosts/python/find.js";
import { anchorWords } from "../../show/anchor.js";
import { reasonList } from "../../show/cards/reasons.js";
import { viewOf } from "../../show/display.js";
import type { Estimate } from "../../stats/interval.js";
import { claimConditions } from "../../verdicts/claim-conditions.js";
import type { Effect } from "../../verdicts/effects.js";
import type { MechanismTest } from "../../verdicts/mechanisms.js";
import { loadSettings } from "../../verdicts/published/claim-settings.js";
import { loadClaims } from "../../verdicts/published/claims.js";
import { between } from "../../verdicts/testing/made-up.js";
import { type FoundParts, reasonsFrom } from "./reasons.js";

function flip(words: string, ratio: Estimate, effect: Estimate): Effect {
  return { ...{ factor: words, words, ratio, effect }, ...{ missing: "", sameBlocks: true, caution: "" } };
}

const found = {
  baseline: between(0.8, 0.9),
  effects: [
    flip("TLS", between(0.8, 0.9), between(0.97, 1.02)),
    flip("16 callers at once", between(0.8, 0.9), between(0.97, 1.03)),
    flip("a new connection for every REST call", between(2.8, 3.4), between(3.11, 4.25)),
  ],
  ...{ interactions: [], runs: [] },
};
const step = { ...between(0.05, 0.07), value: 0.06 };
const rung = { ...{ client: "c", server: "s", level: between(0.1, 0.11), missing: "" }, over: "net", step };
const costs = {
  rungs: [
    { ...rung, name: "net", over: null, step: null, changes: "bytes over TCP" },
    { ...rung, name: "rest", changes: "Express" },
    { ...rung, name: "grpc", changes: "grpc-js" },
  ],
  ends: { rest: "rest", grpc: "grpc" },
  ...{ sum: null, whole: null, leftOver: null, missing: "", scope: "these processes only" as const },
};
const cells = [between(0.4, 0.5), between(2, 3), between(0.9, 1.3)].map((ratio) => ({ ratio, missing: "" }));
const foretold = (words: string, ratio: Estimate | null, without: Estimate | null): MechanismTest => ({
  ...{ mechanism: "A mechanism", words, kind: "median", predictedMs: 2, measuredMs: 2, ratio, without },
  ...{ withoutWords: "it were not there", caution: "", missing: ratio === null ? "It failed." : "" },
});
const phases = {
  scope: "these processes only" as const,
  difference: between(0.2, 0.3),
  differences: [
    { phase: "queue" as const, cost: between(0.15, 0.2) },
    { phase: "handler" as const, cost: { ...between(0.1, 0.1), value: 0, low: -0.1 } },
  ],
};
const parts: Required<FoundParts> = {
  phases: { phases },
  mechanisms: {
    runs: [],
    tests: [
      foretold("a window of 1 MB", between(0.95, 1.05), between(2, 3)),
      foretold("a larger photo", between(1.3, 1.5), between(0.9, 1.1)),
      foretold("another Node", between(0.8, 1.3), null),
      foretold("two workers", null, null),
    ],
  },
  ladder: { costs },
  conditions: found,
  claims: { conditions: claimConditions(loadClaims(), loadSettings(), found) },
  map: { rows: [{ tick: "no link", cells, crossing: null }], crossings: ["Here they meet."], runs: [] },
};

const ready: PythonStacks = { kind: "ready", python: "python3", version: "3.11", packages: {} };
const missing: PythonStacks = { kind: "missing", reason: "they are not set up", advice: "run this" };

const said = (some: FoundParts, python: PythonStacks = ready) =>
  reasonsFrom(some, python).map(({ sentence }) => sentence);

test("what some posts had is said with what it does here, the largest effect first", () => {
  const [first, second] = said(parts).filter((sentence) => sentence.startsWith("Posts "));
  expect(first).toBe(
    "Posts 000 and 003 had a new connection for every REST call; posts 001, 002 and 004 tell of nothing like it. " +
      "With a new connection for every REST call REST becomes 3.11 to 4.25 times as slow relative to gRPC, and turns it round: gRPC is faster then. " +
      "Calls that differ in this alone have that much between their ratios here.",
  );
  expect(second).toMatch(
    /^Posts 001 and 004 had 100 users \(here 16 callers at once\); .*less than the 5 %.*As far as that goes it is not why they disagree here\.$/,
  );
});

test("claims and cells are counted, and every claim once", () => {
  const all = said(parts).join("\n");
  expect(all).toMatch(
    /0 hold here at the baseline, 7 hold with something of their post's own setting or near it, 12 only with a flip/,
  );
  expect(all).toContain(
    "REST is faster in 1 and gRPC in 1 of the 3 cells of the map. Posts whose calls lie on its two sides",
  );
  expect(all).toContain("A call over REST takes");
  expect(all).toMatch(/All of this is said of these processes only\.$/);
});

test("what mechanisms foretold is told by what came of it, and what was not measured is left out", () => {
  expect(said(parts).find((sentence) => sentence.includes("foretold"))).toBe(
    "Of 3 settings that a mechanism foretold before they were measured, 1 (a window of 1 MB) came out within 15 %, " +
      "1 (a larger photo) did not, and 1 (another Node) cannot be told; of those that may have come out, what would be expected without the mechanism is ruled out for 1 (a window of 1 MB).",
  );
  expect(said({ mechanisms: { tests: [], runs: [] } }).join()).toContain("was not measured here");
});

const plain = (text: string) => text.replace(/\s/g, " ");

test("the phases are told by what differs between the protocols", () => {
  expect(plain(said(parts).find((sentence) => sentence.startsWith("Inside")) ?? "")).toBe(
    "Inside one call, gRPC − REST is +245 µs (99 %: +200 to +300 µs); of which queue +173 µs (99 %: +150 to +200 µs); too small to see here: handler.",
  );
});

test("every sentence on what was measured links what shows it", () => {
  const reasons = reasonsFrom(parts, ready);
  expect(new Set(reasons.slice(0, -1).map(({ shownBy }) => shownBy))).toEqual(
    new Set(Object.keys(anchorWords)),
  );
  const markup = viewOf(reasonList(reasons))?.html() ?? "";
  expect(markup.match(/<a href="#(figure|table)-/g)).toHaveLength(reasons.length - 1);
});

test("what is missing is said to be unknown, Python too", () => {
  const sentences = said({}, missing);
  expect(
    sentences.filter((sentence) => sentence.includes("is not known: it was not measured here")),
  ).toHaveLength(6);
  expect(sentences.at(-1)).toContain(
    "were not run, because they are not set up: what they make of it is not known here; to know it, run this.",
  );
  expect(reasonsFrom({}, missing).every(({ shownBy }) => shownBy === null)).toBe(true);
  expect(said(parts).join()).toContain("a ping of 35.594 ms (post 000)");
});
