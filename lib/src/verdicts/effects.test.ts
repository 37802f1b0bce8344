import { expect, test } from "vitest";
import {
  changeOf,
  changeWords,
  type Effect,
  fasterOf,
  sayBaseline,
  sayEffect,
  sayInteraction,
  sayWhatDecides,
} from "./effects.js";
import { between } from "./testing/made-up.js";

const flip: Effect = {
  factor: "connection",
  words: "a new connection for every REST call",
  ratio: between(1.5, 2),
  effect: between(2.5, 3),
  missing: "",
  sameBlocks: true,
  caution: "",
};

test("an effect is what its interval lets it be", () => {
  expect(changeOf(between(1.06, 1.2))).toBe("slows REST");
  expect(changeOf(between(0.5, 0.9))).toBe("slows gRPC");
  expect(changeOf(between(0.97, 1.03))).toBe("negligible");
  expect(changeOf(between(1.01, 1.03))).toBe("negligible");
  expect(changeOf(between(0.8, 1.3))).toBe("no change seen");
  expect(changeOf(between(1.01, 1.3))).toBe("unsure");
  expect([between(0.5, 0.9), between(1.1, 2), between(0.99, 1.01), between(0.9, 1.2)].map(fasterOf)).toEqual([
    ...["REST", "gRPC", "neither", "undecided"],
  ]);
});

test("a sentence says how much, which way, and whether the winner changes", () => {
  expect(sayEffect(flip, "REST")).toBe(
    "With a new connection for every REST call REST becomes 2.5 to 3 times as slow relative to gRPC, and turns it round: gRPC is faster then.",
  );
  const far = {
    ...flip,
    words: "a round trip of 35 ms",
    ratio: between(0.2, 0.3),
    effect: between(0.4, 0.5),
  };
  expect(sayEffect(far, "REST")).toBe(
    "With a round trip of 35 ms gRPC becomes 2 to 2.5 times as slow relative to REST; REST stays faster.",
  );
  expect(sayEffect({ ...flip, ratio: between(0.9, 1.2) }, "REST")).toMatch(
    /; which is faster then is undecided\.$/,
  );
});

test("a sentence holds no more than the interval does", () => {
  const of = (low: number, high: number) => sayEffect({ ...flip, effect: between(low, high) }, "undecided");
  expect(of(0.98, 1.02)).toContain("by less than the 5 % that would count");
  expect(of(0.8, 1.3)).toContain("no change can be told from none");
  expect(of(1.01, 1.3)).toContain("1.01 to 1.3 times as large, which may be less than the 5 %");
  expect(of(1e-4, 1e4)).toContain("an unknown number of times");
});

test("what was not measured says why, and a host that carries no verdict says that", () => {
  const missing = { ...flip, ratio: null, effect: null, missing: "The run stopped early." };
  expect(sayEffect(missing, "REST")).toBe(
    "With a new connection for every REST call nothing was measured: The run stopped early.",
  );
  expect(sayEffect({ ...flip, caution: "one process with the client" }, "REST")).toContain(
    "(in one process with the client, which carries no verdict alone)",
  );
});

test("two flips at once are held against the product of their effects", () => {
  const cross = { first: "TLS", second: "16 callers", ratio: between(1, 2), missing: "" };
  expect(sayInteraction({ ...cross, interaction: between(0.98, 1.02) })).toContain(
    "each does what it does alone",
  );
  expect(sayInteraction({ ...cross, interaction: between(2, 3) })).toContain("2 to 3 times what the product");
  expect(sayInteraction({ ...cross, interaction: between(0.8, 1.3) })).toMatch(
    /^With both TLS and 16 callers it stays open/,
  );
  expect(sayInteraction({ ...cross, interaction: null, missing: "It failed." })).toContain("It failed.");
});

test("only a decided winner can be turned round", () => {
  expect(sayBaseline(between(0.5, 0.6))).toContain("REST is faster");
  expect(sayWhatDecides([flip], "REST")).toEqual([
    "What alone turns round which of the two is faster: a new connection for every REST call.",
  ]);
  expect(sayWhatDecides([flip], "undecided")).toEqual([]);
  const careful = { ...flip, caution: "one process with the client" };
  expect(sayWhatDecides([careful], "REST")[0]).toContain("No single flip");
  expect(changeWords(careful)).toBe("slows REST, no verdict alone");
  expect(
    sayWhatDecides([{ ...flip, ratio: between(0.5, 0.6), effect: between(0.99, 1.01) }], "REST"),
  ).toEqual([
    "No single flip turns round which of the two is faster, beyond doubt.",
    "What changes next to nothing: a new connection for every REST call.",
  ]);
});
