import { expect, test } from "vitest";
import { linkParameters } from "../experiment/link-choice.js";
import type { LinkParameters } from "../record/run-info.js";
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
  const under = (condition: string) => [1, 7, 8, 100].map((callers) => isLoad(callers, condition));
  expect(under("any load")).toEqual([true, true, true, true]);
  expect(under("chain")).toEqual([true, false, false, false]);
  expect(under("many callers")).toEqual([false, false, true, true]);
  expect(under("more and more connections")).toEqual([false, false, true, true]);
});

test("what is missing is said as a run", () => {
  expect(settingNeeded({ work: "add" }, "000", "same zone")).toBe(
    "a run of add over a round trip of 1.489 ms",
  );
  expect(settingNeeded({ work: "add" }, "000", "local")).toBe("a run of add on one machine");
  expect(settingNeeded({ work: "classify" }, "002", "many callers")).toBe(
    "a run of classify on one machine with 8 callers or more",
  );
});
