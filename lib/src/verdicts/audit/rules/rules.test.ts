import { describe, expect, test } from "vitest";
import { madeUpClaim, madeUpTable } from "../../testing/made-up.js";
import type { Rule } from "../rule.js";
import type { AuditInput } from "../table.js";
import { callCost } from "./call-cost.js";
import { chainWaits } from "./chain-waits.js";
import { littlesLaw, rampBound } from "./load.js";
import { meanLaw, orderLaw } from "./order.js";
import { ownWords, statedRatio } from "./own-words.js";
import { callSum, chainSum, rateLaw } from "./rate-law.js";
import { roundTripFloor, twoRoundTrips } from "./round-trips.js";
import { singleRun } from "./single-run.js";
import { thinkTimeRate } from "./think-time.js";
import { windowBound } from "./window.js";

function found(rule: Rule, input: AuditInput) {
  return rule.apply(input).findings;
}

describe("rateLaw", () => {
  const table = (rate: number) =>
    madeUpTable([
      {
        arm: "rest",
        cells: [
          ["count", "calls", 1000],
          ["total", "ms", 4000],
          ["rate", "1/s", rate],
        ],
      },
    ]);
  test.each([
    [250, 0],
    [260, 0],
    [240, 0],
    [25, 1],
    [2500, 1],
    [266, 1],
  ])("1000 calls in 4 s printed as %f a second: %i findings", (rate, count) => {
    expect(found(rateLaw, table(rate))).toHaveLength(count);
  });
  test("needs rate, total and count of the same line", () => {
    const apart = madeUpTable([
      { arm: "rest", cells: [["rate", "1/s", 1]] },
      { arm: "grpc", cells: [["total", "s", 1]] },
      { arm: "grpc", condition: "other", cells: [["count", "calls", 1000]] },
    ]);
    expect(found(rateLaw, apart)).toEqual([]);
  });
});

describe("chainWaits", () => {
  const stream = (condition: string) =>
    madeUpTable([
      { arm: "grpc", condition, cells: [["total", "s", 3]] },
      {
        arm: "grpc-stream",
        condition,
        cells: [
          ["total", "s", 2],
          ["count", "calls", 1000],
          ["saved by not waiting", "s", 1],
        ],
      },
    ]);
  test("flags the saving in a chain, with the difference a call", () => {
    expect(found(chainWaits, stream("chain"))[0]?.found).toContain("the difference of 1 ms a call");
  });
  test("allows it where calls do not depend on each other", () => {
    expect(found(chainWaits, stream("pipelined"))).toEqual([]);
  });
});

describe("roundTripFloor and twoRoundTrips", () => {
  const path = (meanMs: number, pingMs: number, condition = "far") =>
    madeUpTable([
      { arm: "rest", condition, cells: [["mean", "ms", meanMs]] },
      { arm: "rest", condition: "local", cells: [["mean", "ms", 2]] },
      { arm: "ping", condition: "far", cells: [["mean", "ms", pingMs]] },
    ]);
  test.each([
    [31, 30, 0],
    [28, 30, 0],
    [26, 30, 1],
    [0.1, 30, 1],
  ])("%f ms with a ping of %f ms: %i findings", (mean, ping, count) => {
    expect(found(roundTripFloor, path(mean, ping))).toHaveLength(count);
  });
  test("a ping of another path bounds nothing", () => {
    expect(found(roundTripFloor, path(1, 30, "near"))).toEqual([]);
  });
  test.each([
    [60, 30, 1],
    [62, 30, 1],
    [66, 30, 0],
    [90, 30, 0],
    [2, 1, 0],
  ])("%f ms is two round trips of %f ms: %i findings", (mean, ping, count) => {
    expect(found(twoRoundTrips, path(mean, ping))).toHaveLength(count);
  });
});

describe("load laws", () => {
  const load = (cells: Partial<Record<"users" | "ramp" | "count" | "meanMs" | "thinkS", number>>) => {
    const { users = 100, ramp = 100, count = 60_000, meanMs = 95, thinkS } = cells;
    return madeUpTable([
      {
        arm: "rest",
        cells: [
          ["users", "users", users],
          ["spawn rate", "users/s", ramp],
          ["duration", "s", 60],
          ["count", "calls", count],
          ["mean", "ms", meanMs],
          ...(thinkS === undefined
            ? []
            : ([
                ["think time min", "s", thinkS],
                ["think time max", "s", thinkS],
              ] as const)),
        ],
      },
    ]);
  };
  test.each([
    ["reaches all users", { users: 6000, ramp: 100 }, 0],
    ["starts one too few", { users: 6001, ramp: 100 }, 1],
  ])("a ramp that %s in 60 s", (_what, cells, count) => {
    expect(found(rampBound, load(cells))).toHaveLength(count);
  });
  test.each([
    ["users all at work", {}, 0],
    ["one user at work of a hundred", { meanMs: 1 }, 1],
    ["more at work than there are", { meanMs: 120 }, 1],
    ["users that mostly think", { meanMs: 5, count: 3900, thinkS: 1.5 }, 0],
    ["more thinking than there is time", { meanMs: 5, count: 8000, thinkS: 1.5 }, 1],
    ["a long ramp with few users early", { users: 100, ramp: 100 / 60, count: 30_000 }, 0],
    ["all users' work during a long ramp", { users: 100, ramp: 100 / 60 }, 1],
  ])("Little's law for %s", (_what, cells, count) => {
    expect(found(littlesLaw, load(cells))).toHaveLength(count);
  });
  test.each([
    ["little", { meanMs: 500, thinkS: 1.5 }, 0],
    ["nearly all", { meanMs: 5, thinkS: 1.5 }, 1],
    ["no", {}, 0],
  ])("%s think time below a sentence about counts", (_what, cells, count) => {
    const { numbers } = load(cells);
    const grpc = numbers.map((row) => ({ ...row, arm: "grpc" }));
    const claims = [madeUpClaim({ metric: "count", experiment: "made up", conditions: "any" })];
    const table = { ...load(cells), numbers: [...numbers, ...grpc] };
    expect(found(thinkTimeRate, { ...table, claims })).toHaveLength(count);
    expect(found(thinkTimeRate, table)).toEqual([]);
  });
  const cells = [
    ["users", "users", 100],
    ["duration", "s", 10],
    ["mean", "ms", 100],
  ] as const;
  test.each([
    ["no more than the users can have made", [["count", "calls", 10_000]], []],
    ["more", [["count", "calls", 20_000]], ["suggestive"]],
    [
      "more, whatever went on after the end",
      [
        ["count", "calls", 20_000],
        ["max", "ms", 500],
      ],
      ["contradiction"],
    ],
    [
      "more, unless the last calls went on after the end",
      [
        ["count", "calls", 20_000],
        ["max", "s", 30],
      ],
      [],
    ],
    [
      "pauses that the end cuts off",
      [
        ["count", "calls", 100],
        ["think time min", "s", 20],
        ["think time max", "s", 20],
      ],
      [],
    ],
  ] as const)("without a ramp, calls: %s", (_what, more, strengths) => {
    const table = madeUpTable([{ arm: "rest", cells: [...cells, ...more] }]);
    expect(found(littlesLaw, table).map(({ strength }) => strength)).toEqual(strengths);
  });
  test("a rate of its own will do, and a median is no more than half of the calls", () => {
    const rate = (median: number) =>
      madeUpTable([
        {
          arm: "rest",
          cells: [
            ["users", "users", 10],
            ["rate", "1/s", 100],
            ["median", "ms", median],
          ],
        },
      ]);
    expect(found(littlesLaw, rate(200))).toEqual([]);
    expect(found(littlesLaw, rate(300))).toHaveLength(1);
  });
  test("users of a ramp whose rounding may have reached them are not missed", () => {
    const table = madeUpTable([
      {
        arm: "rest",
        cells: [
          ["users", "users", 100],
          ["spawn rate", "users/s", 0.33],
          ["duration", "s", 300],
        ],
      },
    ]);
    expect(found(rampBound, table)).toEqual([]);
  });
});

test.each([
  [0.5e-6, 1],
  [2e-6, 0],
  [100e-6, 0],
  [4e-3, 0],
  [8e-3, 1],
])("a call of a chain that costs %f s: %i findings", (perCallS, count) => {
  const cells = [
    ["count", "calls", 1000],
    ["total", "s", perCallS * 1000],
  ] as const;
  const quick = [
    ["count", "calls", 1000],
    ["total", "s", 0.3],
  ] as const;
  const beside = { arm: "grpc", condition: "chain", cells: quick };
  expect(found(callCost, madeUpTable([{ arm: "rest", condition: "chain", cells }, beside]))).toHaveLength(
    count,
  );
  expect(found(callCost, madeUpTable([{ arm: "rest", condition: "load", cells }]))).toEqual([]);
});

test("a total with a spread beside it is not a lone one", () => {
  const total = ["total", "s", 3] as const;
  const [bare, spread] = [
    { arm: "rest", cells: [total] },
    { arm: "grpc", cells: [total, ["p99", "ms", 2] as const] },
  ];
  expect(found(singleRun, madeUpTable([spread]))).toEqual([]);
  expect(found(singleRun, madeUpTable([bare, spread]))).toMatchObject([
    { printed: "one total each for rest" },
  ]);
});

test.each([
  ["above one", 1.2, 0],
  ["above one", 0.9, 1],
  ["below one", 0.9, 0],
  ["below one", 1.03, 1],
  ["about one", 1.03, 0],
  ["above one", null, 0],
] as const)("words %s beside a ratio of %s: %i findings", (direction, ratio, count) => {
  expect(found(ownWords, madeUpTable([], [madeUpClaim({ direction, ratio })]))).toHaveLength(count);
});

test.each([
  ["above one", 60, 30, 0],
  ["below one", 60, 30, 1],
  ["below one", 30, 60, 0],
] as const)("words %s beside %i and %i in the table", (direction, rest, grpc, count) => {
  const numbers = [
    { arm: "rest", cells: [["mean", "ms", rest] as const] },
    { arm: "grpc", cells: [["mean", "ms", grpc] as const] },
  ];
  const about = { direction, metric: "mean", experiment: "made up", conditions: "any" } as const;
  expect(found(ownWords, madeUpTable(numbers, [madeUpClaim({ ...about, ratio: null })]))).toHaveLength(count);
  const stated = (ratio: number) => madeUpTable(numbers, [madeUpClaim({ ...about, ratio })]);
  expect(found(statedRatio, stated(rest / grpc))).toEqual([]);
  expect(found(statedRatio, stated((3 * rest) / grpc))).toHaveLength(1);
});

describe("sums", () => {
  const chain = (meanMs: number) =>
    madeUpTable([
      {
        arm: "rest",
        condition: "chain",
        cells: [
          ["count", "calls", 1000],
          ["mean", "ms", meanMs],
          ["total", "ms", 2000],
        ],
      },
    ]);
  test.each([
    [1.9, 0],
    [2.1, 0],
    [2.5, 1],
  ])("1000 calls of %f ms one after another in 2 s: %i findings", (mean, count) => {
    expect(found(chainSum, chain(mean))).toHaveLength(count);
  });
  test.each([
    [{ successes: 990, failures: 10 }, 0],
    [{ successes: 990, failures: 11 }, 1],
    [{ failures: 1000 }, 0],
    [{ failures: 1001 }, 1],
    [{ successes: 900 }, 0],
  ])("1000 calls of which %o: %i findings", (parts, count) => {
    const cells = Object.entries(parts).map(
      ([metric, value]) => [metric as "failures", "calls", value] as const,
    );
    const table = madeUpTable([{ arm: "rest", cells: [["count", "calls", 1000], ...cells] }]);
    expect(found(callSum, table)).toHaveLength(count);
  });
});

describe("percentiles", () => {
  const line = (cells: Readonly<Record<string, number>>) =>
    madeUpTable([
      {
        arm: "rest",
        cells: Object.entries(cells).map(
          ([metric, value]) => [metric as "min", metric === "count" ? "calls" : "ms", value] as const,
        ),
      },
    ]);
  test.each([
    ["rise", { min: 1, median: 3, p95: 9, p99: 12, max: 40, mean: 4 }, 0],
    ["fall", { min: 1, median: 3, p95: 12, p99: 9 }, 1],
    ["seem to fall by rounding alone", { p99: 150, max: 146 }, 0],
    ["are above the longest call", { p99: 190, max: 146 }, 1],
    ["leave out the mean", { min: 5, mean: 3, max: 40 }, 1],
    ["are one number", { mean: 3 }, 0],
  ])("that %s", (_what, cells, count) => {
    expect(found(orderLaw, line(cells))).toHaveLength(count);
  });
  test.each([
    ["allow the mean", { count: 10_000, min: 1, median: 3.1, p99: 12.2, max: 40, mean: 3.3 }, []],
    [
      "make it larger",
      { count: 10_000, min: 1, median: 3.1, p99: 500.5, max: 900, mean: 3.3 },
      ["contradiction"],
    ],
    [
      "make it smaller",
      { count: 10_000, min: 1, median: 3.1, p99: 12.2, max: 40, mean: 30.1 },
      ["contradiction"],
    ],
    [
      "do so of so many calls as are not told",
      { median: 3.1, p99: 12.2, max: 40, mean: 30.1 },
      ["suggestive"],
    ],
    [
      "are of too few calls to say",
      { count: 10, min: 1, median: 1.1, p99: 1.2, max: 1000.5, mean: 101.1 },
      [],
    ],
  ] as const)("that %s", (_what, cells, strengths) => {
    expect(found(meanLaw, line(cells)).map(({ strength }) => strength)).toEqual(strengths);
  });
});

describe("windowBound", () => {
  // 1,048,560 bytes are 16 windows of 65,535 bytes.
  const upload = (meanMs: number, windowBytes: number | null, arm = "grpc") =>
    madeUpTable([
      { arm: "ping", cells: [["mean", "ms", 10]] },
      { arm: "all", condition: "all", experiment: "all", cells: [["payload", "bytes", 1_048_560]] },
      {
        arm,
        cells: [
          ["mean", "ms", meanMs],
          ...(windowBytes === null ? [] : [["window", "bytes", windowBytes] as const]),
        ],
      },
    ]);
  test.each([
    ["in sixteen round trips", 165, null, "grpc", []],
    ["in ten, with a window that is not told", 100, null, "grpc", ["suggestive"]],
    ["in ten, with the usual window", 100, 65_535, "grpc", ["contradiction"]],
    ["in ten, with a window that takes it", 100, 1_048_576, "grpc", []],
    ["in ten over HTTP/1.1, which has none", 100, null, "rest", []],
    ["faster than its ping, which another law says", 5, 65_535, "grpc", []],
  ] as const)("a megabyte %s", (_what, mean, window, arm, strengths) => {
    expect(found(windowBound, upload(mean, window, arm)).map(({ strength }) => strength)).toEqual(strengths);
  });
  test("shows windows, time and rate", () => {
    expect(found(windowBound, upload(100, 65_535))[0]?.found).toMatch(
      /16 windows of 65,535 bytes take 16 round trips, 160 ms: 10\.5 MB\/s, where a window a round trip is 6\.55 MB\/s/,
    );
  });
});
