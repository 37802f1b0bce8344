import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WirelabError } from "../errors.js";
import { type JudgeOptions, judge } from "./judge.js";
import { madeUpClaim, measured } from "./testing/made-up.js";
import type { Claim, ClaimedDirection, Direction, Size } from "./types.js";

const options: JudgeOptions = { stack: "ported", host: "child", conditions: "all on one machine" };

function verdictOf(claim: Claim, low: number, high: number, changes: Partial<JudgeOptions> = {}) {
  return judge(claim, measured(claim, low, high), { ...options, ...changes });
}

describe("direction and size", () => {
  const rows: readonly [ClaimedDirection, number | null, number, number, Direction, Size | null][] = [
    ["above one", 24, 20, 26, "holds", "agrees"],
    ["above one", 24, 8, 16.1, "holds", "agrees"],
    ["above one", 24, 8, 15.9, "holds", "smaller"],
    ["above one", 24, 35.9, 50, "holds", "agrees"],
    ["above one", 24, 36.1, 50, "holds", "larger"],
    ["above one", null, 1.2, 1.3, "holds", null],
    ["above one", 24, 0.62, 0.66, "opposite", null],
    ["above one", 1.1, 0.85, 0.9, "opposite", null],
    ["above one", 24, 0.99, 1.02, "negligible", "smaller"],
    ["above one", 1.2, 0.99, 1.02, "negligible", "agrees"],
    ["above one", 24, 1.01, 1.04, "negligible", "smaller"],
    ["above one", 24, 0.9, 1.3, "undecided", null],
    ["above one", 24, 1.01, 1.3, "undecided", null],
    ["above one", 24, 0.5, 0.96, "undecided", null],
    ["above one", 0.7, 1.2, 1.3, "holds", null],
    ["above one", 0.7, 0.6, 0.8, "opposite", null],
    ["below one", 0.1, 0.09, 0.12, "holds", "agrees"],
    ["below one", 0.1, 0.3, 0.4, "holds", "smaller"],
    ["below one", 0.1, 0.01, 0.02, "holds", "larger"],
    ["below one", 0.1, 2, 3, "opposite", null],
    ["below one", 0.1, 0.97, 1.03, "negligible", "smaller"],
    ["about one", null, 0.97, 1.03, "holds", null],
    ["about one", 0.997, 0.97, 1.03, "holds", "agrees"],
    ["about one", 0.997, 0.97, 1.2, "undecided", null],
    ["about one", 0.997, 4, 5, "opposite", null],
    ["about one", null, 0.2, 0.3, "opposite", null],
  ];
  test.each(rows)(
    "%s, published %s, measured %f to %f: %s, %s",
    (direction, ratio, low, high, expected, size) => {
      const verdict = verdictOf(madeUpClaim({ direction, ratio }), low, high);
      expect([verdict.direction, verdict.size]).toEqual([expected, size]);
    },
  );

  test("the edges of the band belong to it, on both sides", () => {
    const claim = madeUpClaim();
    expect(verdictOf(claim, 1 / 1.05, 1.05).direction).toBe("negligible");
    expect(verdictOf(claim, 1.05, 1.2).direction).toBe("undecided");
    expect(verdictOf(claim, 0.9, 1 / 1.05).direction).toBe("undecided");
  });

  test("the smallest effect can be declared otherwise", () => {
    const claim = madeUpClaim();
    expect(verdictOf(claim, 1.06, 1.09).direction).toBe("holds");
    expect(verdictOf(claim, 1.06, 1.09, { smallestEffect: 0.1 }).direction).toBe("negligible");
    expect(verdictOf(claim, 1.02, 1.03, { smallestEffect: 0.01 }).direction).toBe("holds");
  });
});

describe("properties", () => {
  const positive = fc.double({ min: 0.01, max: 100, noNaN: true });
  const interval = fc.tuple(positive, positive).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const claimed = fc.constantFrom<ClaimedDirection>("above one", "below one", "about one");
  const mirrored = { "above one": "below one", "below one": "above one", "about one": "about one" } as const;

  test("swapping the arms mirrors the claim and leaves the verdict", () => {
    fc.assert(
      fc.property(interval, claimed, fc.option(positive), ([low, high], direction, ratio) => {
        const claim = madeUpClaim({ direction, ratio });
        const swapped = madeUpClaim({
          first: "grpc",
          second: "rest",
          direction: mirrored[direction],
          ratio: ratio === null ? null : 1 / ratio,
        });
        const [one, other] = [verdictOf(claim, low, high), verdictOf(swapped, 1 / high, 1 / low)];
        expect([other.direction, other.size]).toEqual([one.direction, one.size]);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test("an interval wholly above 1.05 holds for a claim above one, and only such", () => {
    fc.assert(
      fc.property(interval, ([low, high]) => {
        expect(verdictOf(madeUpClaim(), low, high).direction === "holds").toBe(low > 1.05);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test("a larger measured ratio never makes a claim above one hold less", () => {
    const rank: Record<Direction, number> = {
      opposite: 0,
      "not testable here": 1,
      undecided: 1,
      negligible: 1,
      holds: 2,
    };
    fc.assert(
      fc.property(interval, fc.double({ min: 1, max: 50, noNaN: true }), ([low, high], factor) => {
        const before = rank[verdictOf(madeUpClaim(), low, high).direction];
        expect(rank[verdictOf(madeUpClaim(), low * factor, high * factor).direction]).toBeGreaterThanOrEqual(
          before,
        );
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test("a larger measured ratio never makes the size smaller", () => {
    const order: readonly (Size | null)[] = ["smaller", "agrees", "larger"];
    fc.assert(
      fc.property(
        fc.double({ min: 1.06, max: 100, noNaN: true }),
        fc.double({ min: 1, max: 50, noNaN: true }),
        fc.double({ min: 1.01, max: 1000, noNaN: true }),
        (low, factor, ratio) => {
          const claim = madeUpClaim({ ratio });
          const [before, after] = [
            verdictOf(claim, low, low * 1.1),
            verdictOf(claim, low * factor, low * factor * 1.1),
          ];
          expect(order.indexOf(after.size)).toBeGreaterThanOrEqual(order.indexOf(before.size));
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });
});

describe("what a verdict carries", () => {
  test("its numbers, its run and where they hold", () => {
    const claim = madeUpClaim();
    expect(judge(claim, measured(claim, 2, 8), options)).toMatchObject({
      claim: "003-made-up",
      ratio: 4,
      low: 2,
      high: 8,
      published: 24,
      calls: 20_000,
      scope: "fresh processes on this machine",
      run: "data/runs/made-up",
      conditions: "all on one machine",
      missing: null,
    });
  });

  test("fewer than ten pairs speak for themselves only, whatever the comparison says", () => {
    const claim = madeUpClaim();
    expect(judge(claim, measured(claim, 2, 3, { pairs: 9 }), options).scope).toBe("these processes only");
    const scope = "these processes only";
    expect(judge(claim, measured(claim, 2, 3, { pairs: 20, scope }), options).scope).toBe(scope);
  });

  test.each(["in-process", "worker"] as const)(
    "a server in the client's process (%s) gives numbers and no verdict",
    (host) => {
      const verdict = verdictOf(madeUpClaim(), 20, 26, { host });
      expect(verdict).toMatchObject({ direction: "not testable here", size: null, low: 20, high: 26 });
      expect(verdict.missing).toMatch(/process of its own/);
    },
  );

  test("without a comparison it says what is missing and has no numbers", () => {
    const empty = { ratio: null, low: null, high: null, calls: null, run: null, size: null };
    expect(judge(madeUpClaim(), null, { ...options, missing: "a wider world" })).toMatchObject({
      ...empty,
      direction: "not testable here",
      missing: "a wider world",
      published: 24,
    });
    expect(judge(madeUpClaim(), null, options).missing).toBe("a run that compares rest with grpc by total");
  });
});

describe("refuses", () => {
  const claim = madeUpClaim();
  test.each([
    ["other arms", { second: "grpc-stream" }],
    ["swapped arms", { first: "grpc", second: "rest" }],
    ["another metric", { metric: "median" as const }],
  ])("a comparison of %s", (_what, changes) => {
    expect(() => judge(claim, measured(claim, 2, 3, changes), options)).toThrow(/cannot be judged by/);
  });

  test.each([
    [Number.NaN, 2],
    [0, 2],
    [-1, 2],
    [3, 2],
    [1, Infinity],
  ])("the interval %f to %f", (low, high) => {
    const ratio = { value: 1, low, high, confidence: 0.99 };
    expect(() => judge(claim, measured(claim, 2, 3, { ratio }), options)).toThrow(WirelabError);
  });

  test.each([0, -0.05, Number.NaN, Infinity])("a smallest effect of %f", (smallestEffect) => {
    expect(() => verdictOf(claim, 2, 3, { smallestEffect })).toThrow(/smallest effect/);
  });
});
