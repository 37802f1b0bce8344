import { describe, expect, it } from "vitest";
import { createRandom } from "../random.js";
import { normal } from "../simulate.js";
import { crossingOf } from "./crossing.js";

/** A ratio known to a 99 % interval of that standard error on the log scale. */
function ratio(log: number, error = 0.05) {
  const reach = 2.5758 * error;
  return { value: Math.exp(log), low: Math.exp(log - reach), high: Math.exp(log + reach), confidence: 0.99 };
}

const along = (logs: readonly number[], error?: number) =>
  logs.map((log, position) => ({ position, ratio: ratio(log, error) }));

describe("crossingOf", () => {
  it("is where straight pieces between logarithms pass 0, inside its interval", () => {
    const crossing = crossingOf(along([-1, -0.5, 1.5]), { seed: 1 });
    expect(crossing).toMatchObject({ kind: "once", at: 1.25 });
    if (crossing.kind !== "once") return;
    expect(crossing.low).toBeGreaterThan(1);
    expect(crossing.low).toBeLessThan(1.25);
    expect(crossing.high).toBeGreaterThan(1.25);
  });

  it("tells a ratio that never passes 1 from one that passes it often", () => {
    expect(crossingOf(along([1, 2, 3]), { seed: 1 })).toEqual({ kind: "never", side: "above" });
    expect(crossingOf(along([-1, -2]), { seed: 1 })).toEqual({ kind: "never", side: "below" });
    expect(crossingOf(along([1, -1, 1]), { seed: 1 })).toEqual({ kind: "several", count: 2 });
  });

  it("leaves an end open that may lie beyond what was measured, rising or falling", () => {
    const rising = crossingOf(along([-1, -0.5, 0.1], 0.5), { seed: 1 });
    expect(rising).toMatchObject({ high: Number.POSITIVE_INFINITY });
    const falling = crossingOf(along([0.1, -0.5, -1], 0.5), { seed: 1 });
    expect(falling).toMatchObject({ low: Number.NEGATIVE_INFINITY });
  });

  it("covers the true crossing about as often as it says", () => {
    const truth = 1.4;
    const random = createRandom(4);
    const runs = 300;
    let covered = 0;
    for (let seed = 1; seed <= runs; seed++) {
      const logs = [0, 1, 2, 3].map((position) => 0.8 * (position - truth) + 0.15 * normal(random));
      const crossing = crossingOf(along(logs, 0.15), { seed, resamples: 400 });
      if (crossing.kind === "once" && crossing.low <= truth && truth <= crossing.high) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.96);
    expect(covered).toBeLessThan(runs);
  });

  it("refuses one ratio alone, and positions that do not rise", () => {
    expect(() => crossingOf(along([1]), { seed: 1 })).toThrow(RangeError);
    expect(() => crossingOf([...along([1, 2])].reverse(), { seed: 1 })).toThrow("rise");
  });
});
