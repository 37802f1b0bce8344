import { expect, test } from "vitest";
import { isOnPath, publishedPingMs, settingNeeded } from "./setting.js";

const zone = { link: { roundTripMs: 1.489 } };
const region = { link: { roundTripMs: 35.594 } };
const none = { link: null };

test("a run stands beside the published numbers of its own path, and of no other", () => {
  const on = (condition: string) => [none, zone, region].map((run) => isOnPath(run, "000", condition));
  expect(on("local")).toEqual([true, false, false]);
  expect(on("same zone")).toEqual([false, true, false]);
  expect(on("different region")).toEqual([false, false, true]);
});

test("a post that measured no ping stands for one machine", () => {
  expect(publishedPingMs("003", "chain")).toBeNull();
  expect([none, zone].map((run) => isOnPath(run, "003", "chain"))).toEqual([true, false]);
});

test("what is missing is said as a run", () => {
  expect(settingNeeded({ work: "add" }, "000", "same zone")).toBe(
    "a run of add over a round trip of 1.489 ms",
  );
  expect(settingNeeded({ work: "add" }, "000", "local")).toBe("a run of add on one machine");
});
