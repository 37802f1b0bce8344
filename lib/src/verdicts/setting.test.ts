import { expect, test } from "vitest";
import { linkParameters } from "../experiment/plan/link-choice.js";
import type { LinkParameters } from "../record/run-info.js";
import { closedLoad } from "../schedule/load-choice.js";
import { isLoad, isOnPath, publishedPingMs, settingNeeded } from "./setting.js";

const over = (roundTripMs: number, changes: Partial<LinkParameters> = {}) => ({
  host: "child" as const,
  link: { ...linkParameters({ roundTripMs }), ...changes },
  warnings: [],
});
const zone = over(1.489);
const region = over(35.594);
const none = { host: "child", link: null, warnings: [] } as const;

test("a run stands beside the published numbers of its own path, and of no other", () => {
  const on = (condition: string) => [none, zone, region].map((run) => isOnPath(run, "000", condition));
  expect(on("local")).toEqual([true, false, false]);
  expect(on("same zone")).toEqual([false, true, false]);
  expect(on("different region")).toEqual([false, false, true]);
});

test("a link with a limit, one that came out otherwise, and a remote server are other paths", () => {
  expect(isOnPath(over(1.489, { bandwidthMbps: 1 }), "000", "same zone")).toBe(false);
  expect(isOnPath({ ...zone, warnings: [{ code: "link-off" }] }, "000", "same zone")).toBe(false);
  expect(isOnPath({ ...none, host: "remote" }, "000", "local")).toBe(false);
});

test("a post that measured no ping stands for one machine", () => {
  expect(publishedPingMs("003", "chain")).toBeNull();
  expect([none, zone].map((run) => isOnPath(run, "003", "chain"))).toEqual([true, false]);
});

test("a load of many callers is another than a chain, and any load is both", () => {
  const under = (condition: string) =>
    [1, 7, 8, 100].map((callers) =>
      isLoad({ load: null, callers }, { post: "002", experiment: "serving", condition }),
    );
  expect(under("any load")).toEqual([true, true, true, true]);
  expect(under("chain")).toEqual([true, false, false, false]);
  expect(under("many callers")).toEqual([false, false, true, true]);
  expect(under("more and more connections")).toEqual([false, false, true, true]);
});

const at = (post: string, condition: string, experiment = "any") => ({ post, condition, experiment });

test("what is missing is said as a run", () => {
  expect(settingNeeded({ work: "add" }, at("000", "same zone"))).toBe(
    "a run of add over a round trip of 1.489 ms",
  );
  expect(settingNeeded({ work: "add" }, at("000", "local"))).toBe("a run of add on one machine");
  expect(settingNeeded({ work: "classify" }, at("002", "many callers"))).toBe(
    "a run of classify on one machine with 8 callers or more",
  );
});

test("a load stands for a published one with as many users and the same pauses, and for the nearest of its run times", () => {
  const of30 = at("001", "30 s", "100 users");
  const of120 = at("001", "120 s", "100 users");
  const users = (count: number, seconds: number, thinkMs = 0) => ({
    load: closedLoad({ users: count, spawnPerSecond: 50, thinkMs, runTimeMs: seconds * 1000 }),
    callers: count,
  });
  const both = (run: ReturnType<typeof users>) => [of30, of120].map((place) => isLoad(run, place));
  expect(both(users(100, 6))).toEqual([true, false]);
  expect(both(users(100, 30))).toEqual([true, false]);
  expect(both(users(100, 90))).toEqual([false, true]);
  expect(both(users(99, 30))).toEqual([false, false]);
  expect(both(users(100, 30, 10))).toEqual([false, false]);
});

test("calls one after another are no load, and a load is no chain", () => {
  expect(isLoad({ load: null, callers: 100 }, at("001", "30 s", "100 users"))).toBe(false);
  expect(
    isLoad({ load: closedLoad({ users: 8, runTimeMs: 1000 }), callers: 8 }, at("002", "many callers")),
  ).toBe(false);
});

test("a load that is missing is said with its users", () => {
  expect(settingNeeded({ work: "factorial" }, at("004", "100 users", "factorial"))).toBe(
    "a run of factorial on one machine under 100 users, 10 started a second, pausing 1–2 s, for 3 min",
  );
});
