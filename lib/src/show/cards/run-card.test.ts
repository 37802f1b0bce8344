import { expect, test } from "vitest";
import { sampleInfo } from "../../record/testing/samples.js";
import { closedLoad, openLoad } from "../../schedule/load-choice.js";
import { runCardText } from "./run-card.js";

const lineOf = (card: string, name: string) => card.split("\n").find((line) => line.startsWith(`${name}: `));
const [arm] = sampleInfo().arms.map((each) => ({ ...each, callers: 100 }));
const arms = arm === undefined ? [] : [arm];

test("calls one after another are told by their number, and who calls at once", () => {
  const card = runCardText(sampleInfo({ arms }), null);
  expect(lineOf(card, "size")).toBe(
    "size: 2 pairs of fresh processes × 2 blocks × 10 calls an arm, after 1 blocks to warm up",
  );
  expect(lineOf(card, "arms")).toBe("arms: rest (undici, 100 callers at once)");
  expect(lineOf(card, "load")).toBeUndefined();
});

test("a pause before every call is told, and none is not", () => {
  expect(lineOf(runCardText(sampleInfo({ pauseMs: 35.6 }), null), "pause")).toBe(
    "pause: 35.6\u202fms before every call",
  );
  expect(lineOf(runCardText(sampleInfo(), null), "pause")).toBeUndefined();
});

test("a load is told by its users and its time, not by a number of calls", () => {
  const load = closedLoad({ users: 100, spawnPerSecond: 10, runTimeMs: 30_000 });
  const card = runCardText(sampleInfo({ arms, load, blocks: 1, callsPerRound: 0, clients: 2 }), null);
  expect(lineOf(card, "load")).toBe(
    "load: 100 users, 10 started a second, without a pause, for 30 s, from 2 client processes",
  );
  expect(lineOf(card, "size")).toBe(
    "size: 2 pairs of fresh processes × 1 block × the load for every arm, after 1 blocks to warm up",
  );
  expect(lineOf(card, "arms")).toBe("arms: rest (undici)");
});

test("arrivals are told with how many calls may be under way", () => {
  const load = openLoad({ callsPerSecond: 200, runTimeMs: 5000, users: 1500 });
  expect(lineOf(runCardText(sampleInfo({ load }), null), "load")).toBe(
    "load: 200 calls a second, evenly, for 5 s, at most 1\u202f500 under way at once",
  );
});
