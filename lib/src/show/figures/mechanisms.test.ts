import { describe, expect, it } from "vitest";
import { createRandom } from "../../stats/random.js";
import type { MechanismTest } from "../../verdicts/mechanisms.js";
import { viewOf } from "../display.js";
import { mechanismFrame } from "../frames/mechanism-frame.js";
import { HOSTILE } from "../testing/samples.js";
import { mechanisms } from "./mechanisms.js";

const estimate = (value: number, spread: number) => ({
  value,
  low: value / spread,
  high: value * spread,
  confidence: 0.99,
});

/** Seeded tests of every verdict; one with an endless interval, the last not measured. */
function sampleTests(): readonly MechanismTest[] {
  const random = createRandom(9);
  const spreads = [1.05, 1.3, 1.05, Number.POSITIVE_INFINITY];
  const measured = ["confirmed", "undecided", "refuted", HOSTILE].map((words, i): MechanismTest => {
    const value = i === 2 ? 1.4 : 0.98 + 0.04 * random.next();
    const ratio = estimate(value, spreads[i] ?? 1);
    return {
      ...{ mechanism: "Base64", words, kind: "median", predictedMs: 10 * (i + 1), missing: "", caution: "" },
      ...{ measuredMs: 10 * (i + 1) * value, ratio, without: estimate(2 + random.next(), 1.1) },
      withoutWords: "there were none",
    };
  });
  const failed = { predictedMs: null, measuredMs: null, ratio: null, without: null };
  const words = { mechanism: "Express on another Node", words: "a call", withoutWords: "", caution: "" };
  return [...measured, { ...words, ...failed, kind: "median", missing: "It stopped." }];
}

const tests = sampleTests();
const scope = "these processes only" as const;

describe("mechanisms", () => {
  const shown = mechanisms({ tests, scope }, { source: "data/runs/sample" });

  it("has a row for each that was measured, with its verdict in words, and 1 in the middle", () => {
    const [predicted, without] = shown.data;
    expect(predicted?.text).toEqual([
      expect.stringMatching(/×, confirmed$/),
      expect.stringMatching(/×, undecided$/),
      expect.stringMatching(/×, refuted$/),
      expect.stringMatching(/×, undecided$/),
    ]);
    expect(without?.x).toHaveLength(4);
    const [low, high] = (shown.layout.xaxis as { range: [number, number] }).range;
    expect(low).toBeCloseTo(-high, 9);
    expect(high).toBeLessThan(1);
  });

  it("is the same for the same data, in words too", () => {
    expect(shown.description).toMatchSnapshot();
    expect(shown.table.rows).toMatchSnapshot();
  });

  it("holds only what JSON can hold, and no markup of others", () => {
    const { data, layout, narrow, table } = shown;
    const all = { data, layout, narrow, table };
    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
    expect(JSON.stringify([layout, narrow])).not.toContain("<img");
  });
});

describe("mechanismFrame", () => {
  it("has a row a test, and says what was found and what each test says", () => {
    const parameters = [{ words: "a byte", unit: "ns a byte" as const, estimate: estimate(2, 1.1) }];
    const found = [{ mechanism: "Base64", says: "It costs.", parameters }];
    const frame = mechanismFrame({ found, tests }, ["A note."]);
    expect(frame.shape[0]).toBe(5);
    const text = viewOf(frame)?.text() ?? "";
    expect(text).toMatch(/Base64 +confirmed .* confirmed .* yes/);
    expect(text).toContain("Base64: It costs. Found: a byte 1.81 to 2.2 ns a byte.");
    expect(text).toContain("Express on another Node: a call: It stopped.");
    expect(text).toContain("A note.");
    expect(viewOf(mechanismFrame({ found: [], tests: [] }, ["None."]))?.text()).toContain("None.");
  });
});
