import { expect, test } from "vitest";
import {
  claimConditions,
  type FlipsFound,
  holdsWith,
  sayClaimCondition,
  sayFlips,
  sayOwnFlips,
} from "./claim-conditions.js";
import type { Effect } from "./effects.js";
import { loadSettings } from "./published/claim-settings.js";
import { loadClaims } from "./published/claims.js";
import { between, madeUpClaim } from "./testing/made-up.js";

function flip(words: string, low: number, high: number, caution = ""): Effect {
  return {
    ...{ factor: words, words, ratio: between(low, high), effect: null, missing: "" },
    sameBlocks: true,
    caution,
  };
}

const fresh = "a new connection for every REST call";
const chain = madeUpClaim({
  id: "a",
  metric: "median",
  first: "rest",
  second: "grpc",
  direction: "above one",
});
const settings = [
  { setting: fresh, claims: ["a"], flip: fresh },
  { setting: "Python's servers", claims: ["a", "b"], flip: null },
  { setting: "a long way", claims: ["a"], flip: "a round trip of 35 ms" },
];

function said(found: Partial<FlipsFound>, claim = chain): string | undefined {
  const all = { baseline: between(0.8, 0.9), effects: [], interactions: [], ...found };
  const [one] = claimConditions([claim], settings, all);
  return one && sayClaimCondition(one);
}

const leftOver = "not flipped here: Python's servers; a long way";

test("a claim holds only with the flip that makes it hold, in whatever numbers there are", () => {
  expect(said({ effects: [flip("TLS", 0.7, 0.8), flip(fresh, 2.8, 3.4)] })).toBe(
    `holds here only with ${fresh} (3.09, 2.8 to 3.4), as in the post or near it; at the baseline the opposite holds (0.849, 0.8 to 0.9); ${leftOver}`,
  );
});

test("of a claim that no flip makes hold the post's own setting is said", () => {
  expect(said({ effects: [flip("TLS", 0.7, 0.8), flip(fresh, 0.9, 1.2)] })).toBe(
    `no flip here makes it hold; at the baseline the opposite holds (0.849, 0.8 to 0.9); as in the post or near it, with ${fresh} (1.04, 0.9 to 1.2) it is undecided; ${leftOver}`,
  );
});

test("the least that makes a claim hold is the baseline, then what its post had, then any flip", () => {
  const least = (low: number, high: number, ...effects: readonly Effect[]) =>
    claimConditions([chain], settings, { baseline: between(low, high), effects, interactions: [] }).map(
      holdsWith,
    );
  const [own, other, without] = [flip(fresh, 2, 3), flip("TLS", 2, 3), flip(fresh, 0.9, 1.2)];
  expect(least(1.2, 1.4, own)).toEqual(["the baseline"]);
  expect(least(0.8, 0.9, other, own)).toEqual(["what its post had"]);
  expect(least(0.8, 0.9, other, without)).toEqual(["another flip"]);
  expect(least(0.8, 0.9, without)).toEqual(["no flip"]);
});

test("what its post had is told with what comes of it, and all flips by who is slower", () => {
  const effects = [flip("TLS", 0.5, 0.6), flip(fresh, 2, 3), flip("a body of 16 B", 0.9, 1.2)];
  const found = { baseline: between(0.8, 0.9), effects, interactions: [] };
  const [one] = claimConditions([chain], settings, found);
  if (one === undefined) throw new Error("flips can speak on it");
  expect(sayOwnFlips(one)).toBe(`${fresh}: it holds`);
  expect(sayFlips(one)).toBe(
    `At the baseline REST ÷ gRPC is 0.849 (0.8 to 0.9): of every claim the opposite holds. Of 3 flips and pairs of flips REST is slower with ${fresh} (2.45, 2 to 3); gRPC is slower with TLS (0.548, 0.5 to 0.6).`,
  );
  expect(sayFlips({ ...one, flips: [] })).toMatch(
    /REST is slower with none of them; gRPC is slower with none of them/,
  );
});

test("a claim that holds at the baseline says which flips turn it round", () => {
  expect(said({ baseline: between(1.2, 1.4), effects: [flip("TLS", 0.5, 0.6), flip(fresh, 2, 3)] })).toBe(
    `holds at the baseline; not with TLS (0.548, 0.5 to 0.6); at the baseline it holds (1.3, 1.2 to 1.4); ${leftOver}`,
  );
});

test("two flips of the post at once count as the post's, one of them beside another does not", () => {
  const far = "a round trip of 35 ms";
  const cross = { ...{ first: fresh, ratio: between(1.5, 2), interaction: null }, missing: "" };
  expect(said({ interactions: [{ ...cross, second: far }] })).toMatch(
    /^holds here only with both .*, as in the post or near it;/,
  );
  expect(said({ interactions: [{ ...cross, second: "TLS" }] })).toMatch(
    /^holds here only with both .* and TLS \(.*\), which the post does not tell of;/,
  );
});

test("a host that carries no verdict and a flip that failed say nothing", () => {
  const failed = { ...flip(fresh, 2, 3), ratio: null, missing: "it broke" };
  expect(said({ effects: [flip("a thread", 2, 3, "one process"), failed] })).toMatch(/^no flip here/);
});

test("fewer calls a second are longer calls; other comparisons have no flip", () => {
  const fewer = { ...chain, metric: "rate", direction: "below one" } as const;
  expect(said({ effects: [flip(fresh, 2, 3)] }, fewer)).toMatch(/^holds here only/);
  for (const other of [
    { metric: "cpu" },
    { second: "function" },
    { direction: "about one" },
    { first: "grpc" },
  ] as const) {
    expect(said({}, { ...chain, ...other })).toBeUndefined();
  }
});

test("the settings name claims that flips can speak on, each of them, and nothing else", () => {
  const found = { baseline: between(1, 2), effects: [], interactions: [] };
  const spoken = claimConditions(loadClaims(), [], found).map(({ claim }) => claim.id);
  expect(new Set(loadSettings().flatMap(({ claims }) => claims))).toEqual(new Set(spoken));
  expect(spoken.length).toBeGreaterThan(15);
});
