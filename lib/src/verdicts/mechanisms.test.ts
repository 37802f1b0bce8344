import { expect, test } from "vitest";
import { isNeeded, judgePrediction, type MechanismTest, sayFound, sayTest } from "./mechanisms.js";
import { between } from "./testing/made-up.js";

const tested: MechanismTest = {
  mechanism: "HTTP/2's window",
  words: "512 KB over 10 ms",
  kind: "median",
  predictedMs: 78,
  measuredMs: 76.4,
  ratio: between(0.95, 1.05),
  without: between(0.5, 0.6),
  withoutWords: "the window made no difference",
  caution: "",
  missing: "",
};

test("a prediction is confirmed only where all of its interval lies within the bound, however near the point is", () => {
  const judged = (low: number, high: number) => judgePrediction(between(low, high), "");
  expect(judged(0.95, 1.05)).toBe("confirmed");
  expect(judged(1 / 1.15, 1.15)).toBe("confirmed");
  expect(judged(0.86, 1.16)).toBe("undecided");
  expect(judged(0.5, 2)).toBe("undecided");
  expect(judged(1.1, 1.3)).toBe("undecided");
  expect(judged(1.16, 1.3)).toBe("refuted");
  expect(judged(0.5, 0.86)).toBe("refuted");
  expect(judged(0, Number.POSITIVE_INFINITY)).toBe("undecided");
  expect(judgePrediction(between(1.16, 1.3), "others were busy")).toBe("undecided");
  expect([between(0.5, 0.6), between(0.9, 1.1), between(1, 1.3)].map((one) => isNeeded(one, ""))).toEqual([
    ...["yes", "no", "undecided"],
  ]);
});

test("with a caution only what chance cannot explain speaks for a mechanism, and nothing against it", () => {
  const needed = [between(2.1, 3), between(0.1, 0.2), between(1.5, 2.5), between(0.95, 1.05)].map((one) =>
    isNeeded(one, "others were busy"),
  );
  expect(needed).toEqual(["yes", "yes", "undecided", "undecided"]);
});

test("a sentence says what was predicted, what came of it, and what its absence would have said", () => {
  expect(sayTest(tested)).toBe(
    "HTTP/2's window: 512 KB over 10 ms: predicted 78 ms, measured 76.4 ms, 0.95 to 1.05 times as long as predicted: confirmed, to the 15 % that were allowed. If the window made no difference, it would be 0.5 to 0.6 times as long as expected, which is ruled out.",
  );
  expect(sayTest({ ...tested, without: between(0.9, 1.1) })).toContain(
    "which would be as good: this does not show that the mechanism is there.",
  );
  expect(sayTest({ ...tested, kind: "gap" })).toContain("predicted 78 ms from one answer to the next");
  expect(sayTest({ ...tested, ratio: between(2, 3) })).toContain("refuted, since all of the interval");
  expect(sayTest({ ...tested, ratio: between(0, 1e9) })).toContain("an unknown number of times as long");
});

test("what decides nothing says so, and what was not measured says why", () => {
  const busy = sayTest({ ...tested, caution: "others used its processors" });
  expect(busy).toMatch(/: undecided, because others used its processors\.$/);
  const failed = { ...tested, ratio: null, predictedMs: null, measuredMs: null, missing: "It stopped." };
  expect(sayTest(failed)).toBe("HTTP/2's window: 512 KB over 10 ms: It stopped.");
});

test("what was found stands with its interval, in a unit that suits it", () => {
  const parameter = { words: "a call", unit: "ms" } as const;
  const parameters = [
    { ...parameter, estimate: between(0.1, 0.2) },
    { ...parameter, words: "a byte", unit: "ns a byte" as const, estimate: between(2, 3) },
    { ...parameter, words: "the rest", estimate: null },
  ];
  const base64 = { mechanism: "Base64", says: "It costs." };
  expect(sayFound({ ...base64, parameters })).toBe(
    "Base64: It costs. Found: a call 100 to 200 µs; a byte 2 to 3 ns a byte; the rest nothing that can be told from none.",
  );
  expect(sayFound({ ...base64, parameters: [] })).toBe("Base64: It costs.");
});
