import { expect, test } from "vitest";
import type { Effort } from "../effort.js";
import { baseline, cellOf } from "./condition.js";
import { cellOfCross, crossesOf, type Flip } from "./crosses.js";
import { factorsOf } from "./factors.js";

const effort: Effort = { pairs: 2, blocks: 8, callsPerRound: 25, roundMs: 110 };
const factors = factorsOf({ sizesBytes: [16, 524_288], roundTripsMs: [35], callers: [16], otherNode: "" });

/** Flips with these effects by the name of their level; others were not measured. */
function flips(effects: Readonly<Record<string, number>>): readonly Flip[] {
  return factors.flatMap(({ name: factor, levels }) =>
    levels.map((level) => {
      const value = effects[level.name];
      const effect =
        value === undefined ? null : { value, low: value * 0.98, high: value * 1.02, confidence: 0.99 };
      return { factor, level, condition: { ...baseline, ...level.change }, effect };
    }),
  );
}

const names = (effects: Readonly<Record<string, number>>, most = 3) =>
  crossesOf(flips(effects), most).map(({ first, second }) => [first.level.name, second.level.name]);

test("the largest effects are crossed, one level a factor, whichever way they go", () => {
  expect(names({ "16-B": 1.2, "512-KB": 4, "35-ms": 0.1, "16-callers": 2, tls: 1.3 })).toEqual([
    ["35-ms", "512-KB"],
    ["35-ms", "16-callers"],
    ["512-KB", "16-callers"],
  ]);
  expect(names({ "512-KB": 4, "35-ms": 0.1, "16-callers": 2 }, 1)).toHaveLength(1);
});

test("what cannot be told from none, carries no verdict, or changes the same thing is not crossed", () => {
  expect(names({ "512-KB": 4, tls: 1.01 })).toEqual([]);
  expect(names({ "512-KB": 4, "worker-thread": 9 })).toEqual([]);
  expect(names({ "new-connection": 3, "rest-protobuf": 2 })).toEqual([]);
});

test("a cross is measured beside those of its conditions that fit into the same blocks", () => {
  const arms = (effects: Readonly<Record<string, number>>) => {
    const [cross] = crossesOf(flips(effects), 1);
    if (cross === undefined) throw new Error("there is a cross");
    const { cell, conditions } = cellOfCross(cross, "sample", effort);
    const names = cell.options.arms.map((arm) => (typeof arm === "string" ? arm : arm.name));
    return [conditions.length, names] as const;
  };
  expect(arms({ "new-connection": 3, "512-KB": 2 })).toEqual([2, ["rest-new-connection", "grpc", "rest"]]);
  expect(arms({ "35-ms": 3, "512-KB": 2 })).toEqual([1, ["rest", "grpc"]]);
  const [count, all] = arms({ "new-connection": 3, "16-callers": 2 });
  expect(count).toBe(4);
  expect(new Set(all)).toEqual(
    new Set(["rest-new-connection-16", "grpc-16", "rest-new-connection", "grpc", "rest-16", "rest"]),
  );
});

test("a slow condition has fewer calls, a call of each caller at least, and no fresh pairs where a process is shared", () => {
  const calls = (change: Partial<typeof baseline>) =>
    cellOf("x", [{ ...baseline, ...change }], effort).options;
  expect(calls({}).callsPerRound).toBe(25);
  expect(calls({ roundTripMs: 35 }).callsPerRound).toBe(3);
  expect(calls({ roundTripMs: 35, sizeBytes: 4 * 1024 ** 2 })).toMatchObject({
    callsPerRound: 1,
    primeCalls: 16,
  });
  expect(calls({ roundTripMs: 35, sizeBytes: 4 * 1024 ** 2 }).timeoutMs).toBeGreaterThan(20_000);
  expect(calls({ callers: 1000 }).callsPerRound).toBe(1000);
  expect(calls({ host: "worker" }).pairs).toBe(1);
  expect(calls({}).link).toBeUndefined();
});

test("a factor that cannot be set here is left out and said; a wrong level is refused", () => {
  const all = { sizesBytes: [16], roundTripsMs: [1], callers: [2] };
  const same = factorsOf({ ...all, otherNode: process.execPath }).at(-1);
  expect(same).toMatchObject({
    levels: [],
    leftOut: expect.stringContaining(`is ${process.version} as well`),
  });
  const none = factorsOf({ ...all, sizesBytes: [1024], callers: [1], otherNode: "" });
  expect(
    none.filter(({ name }) => name === "body size" || name === "callers").flatMap(({ levels }) => levels),
  ).toEqual([]);
  expect(() => factorsOf({ ...all, otherNode: "/nowhere" })).toThrow("not a Node");
  expect(() => factorsOf({ ...all, roundTripsMs: [0], otherNode: "" })).toThrow("above 0 ms");
});
