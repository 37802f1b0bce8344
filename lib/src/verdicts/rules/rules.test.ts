import { describe, expect, test } from "vitest";
import { madeUpClaim, madeUpTable } from "../testing/made-up.js";
import { callCost } from "./call-cost.js";
import { chainWaits } from "./chain-waits.js";
import { littlesLaw, rampBound, thinkTimeRate } from "./load.js";
import { ownWords } from "./own-words.js";
import { rateLaw } from "./rate-law.js";
import { roundTripFloor, twoRoundTrips } from "./round-trips.js";
import { singleRun } from "./single-run.js";

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
    expect(rateLaw(table(rate))).toHaveLength(count);
  });
  test("needs rate, total and count of the same line", () => {
    const apart = madeUpTable([
      { arm: "rest", cells: [["rate", "1/s", 1]] },
      { arm: "grpc", cells: [["total", "s", 1]] },
      { arm: "grpc", condition: "other", cells: [["count", "calls", 1000]] },
    ]);
    expect(rateLaw(apart)).toEqual([]);
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
    expect(chainWaits(stream("chain"))[0]?.found).toContain("the difference of 1 ms a call");
  });
  test("allows it where calls do not depend on each other", () => {
    expect(chainWaits(stream("pipelined"))).toEqual([]);
  });
});

describe("roundTripFloor and twoRoundTrips", () => {
  const path = (meanMs: number, pingMs: number, condition = "far") =>
    madeUpTable([
      { arm: "rest", condition, cells: [["mean", "ms", meanMs]] },
      { arm: "ping", condition: "far", cells: [["mean", "ms", pingMs]] },
    ]);
  test.each([
    [31, 30, 0],
    [28, 30, 0],
    [26, 30, 1],
    [0.1, 30, 1],
  ])("%f ms with a ping of %f ms: %i findings", (mean, ping, count) => {
    expect(roundTripFloor(path(mean, ping))).toHaveLength(count);
  });
  test("a ping of another path bounds nothing", () => {
    expect(roundTripFloor(path(1, 30, "near"))).toEqual([]);
  });
  test.each([
    [60, 30, 1],
    [62, 30, 1],
    [66, 30, 0],
    [90, 30, 0],
    [2, 1, 0],
  ])("%f ms is two round trips of %f ms: %i findings", (mean, ping, count) => {
    expect(twoRoundTrips(path(mean, ping))).toHaveLength(count);
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
    expect(rampBound(load(cells))).toHaveLength(count);
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
    expect(littlesLaw(load(cells))).toHaveLength(count);
  });
  test.each([
    ["little", { meanMs: 500, thinkS: 1.5 }, 0],
    ["nearly all", { meanMs: 5, thinkS: 1.5 }, 1],
    ["no", {}, 0],
  ])("%s think time", (_what, cells, count) => {
    expect(thinkTimeRate(load(cells))).toHaveLength(count);
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
  expect(callCost(madeUpTable([{ arm: "rest", condition: "chain", cells }]))).toHaveLength(count);
  expect(callCost(madeUpTable([{ arm: "rest", condition: "load", cells }]))).toEqual([]);
});

test("a total with a spread beside it is not a lone one", () => {
  const total = ["total", "s", 3] as const;
  const [bare, spread] = [
    { arm: "rest", cells: [total] },
    { arm: "grpc", cells: [total, ["p99", "ms", 2] as const] },
  ];
  expect(singleRun(madeUpTable([spread]))).toEqual([]);
  expect(singleRun(madeUpTable([bare, spread]))).toMatchObject([{ printed: "one total each for rest" }]);
});

test.each([
  ["above one", 1.2, 0],
  ["above one", 0.9, 1],
  ["below one", 0.9, 0],
  ["below one", 1.03, 1],
  ["about one", 1.03, 0],
  ["above one", null, 0],
] as const)("words %s beside a ratio of %s: %i findings", (direction, ratio, count) => {
  expect(ownWords(madeUpTable([], [madeUpClaim({ direction, ratio })]))).toHaveLength(count);
});
