import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge } from "../judge.js";
import { madeUpClaim, measured } from "../testing/made-up.js";
import type { Claim, ClaimedDirection, ClaimMetric, Verdict } from "../types.js";
import { sayRatio, sayVerdict } from "./prose.js";

const options = { stack: "ported", host: "child", conditions: "" } as const;

function sentence(changes: Partial<Claim>, low: number, high: number, pairs = 10): string {
  const claim = madeUpClaim(changes);
  return sayVerdict(judge(claim, measured(claim, low, high, { pairs }), options));
}

const took = (range: string) => `On this machine REST took ${range} times as long as gRPC (total)`;

test.each<[Partial<Claim>, number, number, string]>([
  [{}, 0.62, 0.66, `${took("0.62 to 0.66")}; the post says 24 times: the opposite direction.`],
  [{}, 20, 26, `${took("20 to 26")}; the post says 24 times: the same direction, and the size agrees.`],
  [{}, 2, 3, `${took("2 to 3")}; the post says 24 times: the same direction, a smaller effect here.`],
  [{}, 90, 95, `${took("90 to 95")}; the post says 24 times: the same direction, a larger effect here.`],
  [{ ratio: null }, 2, 3, `${took("2 to 3")}; the post says longer: the same direction.`],
  [{ ratio: null }, 0.2, 0.3, `${took("0.2 to 0.3")}; the post says longer: the opposite direction.`],
  [
    {},
    0.98,
    1.02,
    `${took("0.98 to 1.02")}, a difference below the 5 % that would count; the post says 24 times: a smaller effect here.`,
  ],
  [
    { ratio: 1.1 },
    0.98,
    1.02,
    `${took("0.98 to 1.02")}, a difference below the 5 % that would count; the post says 1.1 times.`,
  ],
  [
    {},
    0.9,
    1.3,
    `${took("0.9 to 1.3")}, too uncertain for a verdict; the post says 24 times, which lies outside that interval.`,
  ],
  [
    { ratio: 1.2 },
    0.9,
    1.3,
    `${took("0.9 to 1.3")}, too uncertain for a verdict; the post says 1.2 times, which lies inside that interval.`,
  ],
  [{ ratio: null }, 0.9, 1.3, `${took("0.9 to 1.3")}, too uncertain for a verdict; the post says longer.`],
  [
    { direction: "about one", ratio: null },
    0.98,
    1.02,
    `${took("0.98 to 1.02")}; the post says about as long: so it is here.`,
  ],
  [
    { direction: "about one", ratio: 0.997 },
    4,
    5,
    `${took("4 to 5")}; the post says 0.997 times, about as long: the difference here is larger than that.`,
  ],
  [
    { ratio: 0.7182 },
    2,
    3,
    `${took("2 to 3")}; the post says longer, though its own numbers give 0.718 times: the same direction as its words.`,
  ],
  [
    { ratio: 0.7182 },
    0.7,
    0.8,
    `${took("0.7 to 0.8")}; the post says longer, though its own numbers give 0.718 times: the opposite of its words.`,
  ],
  [
    { metric: "count", direction: "below one", ratio: 0.6 },
    0.5,
    0.7,
    "On this machine REST finished 0.5 to 0.7 times as many calls as gRPC; the post says 0.6 times: the same direction, and the size agrees.",
  ],
])("%o measured as %f to %f", (changes, low, high, expected) => {
  expect(sentence(changes, low, high)).toBe(expected);
});

test("few pairs speak of their own processes, one process of itself", () => {
  expect(sentence({}, 20, 26, 3)).toMatch(/^In the processes that ran here REST took 20 to 26 times/);
  const claim = madeUpClaim();
  const alone = judge(claim, measured(claim, 20, 26), { ...options, host: "in-process" });
  expect(sayVerdict(alone)).toBe(
    "In one process REST took 20 to 26 times as long as gRPC (total), which carries no verdict without a server in a process of its own; the post says 24 times.",
  );
});

test.each<[Partial<Claim>, string]>([
  [{}, "REST took 24 times as long as gRPC"],
  [{ ratio: null }, "REST took longer than gRPC"],
  [{ ratio: 0.7182 }, "REST took longer than gRPC, but prints 0.718 times"],
  [{ ratio: null, metric: "cpu" }, "REST used more CPU time than gRPC"],
  [{ ratio: null, metric: "rate", direction: "below one" }, "REST reached a lower rate than gRPC"],
  [
    { ratio: null, first: "grpc-stream", second: "function" },
    "the gRPC stream took longer than the function call",
  ],
])("an untested claim %o says what it needs and what the post says", (changes, said) => {
  const verdict = judge(madeUpClaim(changes), null, { ...options, missing: "a second machine" });
  expect(sayVerdict(verdict)).toBe(`To test it takes a second machine; the post says that ${said}.`);
});

test("an arm that it does not know keeps its name", () => {
  const ratio = { first: "flask", second: "grpc", metric: "p99", low: 1.2, high: 1.4 } as const;
  expect(sayRatio(ratio)).toBe("flask took 1.2 to 1.4 times as long as gRPC (99th percentile)");
});

describe("no sentence contradicts its numbers", () => {
  const metrics: readonly ClaimMetric[] = ["mean", "p99", "total", "count", "rate", "spread", "cpu", "bytes"];
  const size = fc.oneof(
    fc.double({ min: 0.01, max: 100, noNaN: true }),
    fc.double({ min: 0.9, max: 1.1, noNaN: true }),
  );
  const claims = fc.record({
    metric: fc.constantFrom(...metrics),
    direction: fc.constantFrom<ClaimedDirection>("above one", "below one", "about one"),
    ratio: fc.option(size),
    interval: fc.tuple(size, size).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
  });

  function check(verdict: Verdict, text: string): void {
    const [, from, to] = text.match(/ ([\d.,]+)(?: to ([\d.,]+))? times/) ?? [];
    const low = Number(from?.replaceAll(",", ""));
    const high = Number((to ?? from)?.replaceAll(",", ""));
    expect(low).toBeGreaterThan(0);
    if (text.includes("the same direction") || text.includes("opposite")) {
      const up = (verdict.claimed === "above one") === text.includes("the same direction");
      if (up) expect(low).toBeGreaterThan(1);
      else expect(high).toBeLessThan(1);
    }
    if (text.includes("larger than that")) expect(low > 1 || high < 1).toBe(true);
    if (text.includes("so it is here") || text.includes("below the 5 %")) {
      expect(low).toBeGreaterThanOrEqual(0.95);
      expect(high).toBeLessThanOrEqual(1.05);
    }
    const published = Number(text.match(/(?:says|give) ([\d.,]+) times/)?.[1]?.replaceAll(",", ""));
    if (text.includes("inside that interval")) expect(published >= low && published <= high).toBe(true);
    if (text.includes("a smaller effect")) {
      expect(Math.abs(Math.log(published))).toBeGreaterThan(
        Math.min(Math.abs(Math.log(low)), Math.abs(Math.log(high))),
      );
    }
    if (text.includes("a larger effect")) {
      expect(Math.abs(Math.log(published))).toBeLessThan(
        Math.max(Math.abs(Math.log(low)), Math.abs(Math.log(high))),
      );
    }
    expect(text).not.toMatch(/NaN|undefined|null|Infinity|\.\.|;;| {2}/);
    expect(text).toMatch(/^[A-Z].*\.$/);
    for (const [digits] of text.matchAll(/\d+\.\d+/g)) {
      expect(digits.replace(".", "").replace(/^0+/, "").length).toBeLessThanOrEqual(3);
    }
  }

  test("over claims, published ratios and intervals of every kind", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(claims, ({ interval: [low, high], ...changes }) => {
        const claim = madeUpClaim(changes);
        const verdict = judge(claim, measured(claim, low, high), options);
        seen.add(`${verdict.direction}/${verdict.size}`);
        // One as wide as that has no numbers in its sentence.
        if (high / low <= 1000) check(verdict, sayVerdict(verdict));
      }),
      { numRuns: 3000, seed: 3 },
    );
    expect([...seen].sort()).toEqual([
      "holds/agrees",
      "holds/larger",
      "holds/null",
      "holds/smaller",
      "negligible/agrees",
      "negligible/null",
      "negligible/smaller",
      "opposite/null",
      "undecided/null",
    ]);
  });
});

test("an interval over many powers of ten is called unknown, and nothing is held against it", () => {
  const claim = madeUpClaim({ ratio: 12.3 });
  const verdict = judge(claim, measured(claim, 1e-8, 1e8), {
    stack: "ported",
    host: "child",
    conditions: "",
  });
  expect(sayVerdict(verdict)).toContain(
    "REST took an unknown number of times as long as gRPC (total), too uncertain",
  );
  expect(sayVerdict(verdict)).not.toContain("interval");
});
