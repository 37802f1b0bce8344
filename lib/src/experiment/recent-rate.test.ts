import { expect, test } from "vitest";
import { samplePart } from "../record/testing/samples.js";
import { RecentRate } from "./recent-rate.js";

/** A call is due every 2 ms from 0 on and ends within the same; every seventh fails. */
const succeededBetween = (fromMs: number, toMs: number) =>
  Array.from({ length: (toMs - fromMs) / 2 }, (_, i) => fromMs / 2 + i).filter((i) => i % 7 !== 3).length;

test("the rate is that of a whole second, a second ago, however late the newest calls arrive", () => {
  const rate = new RecentRate();
  rate.add(samplePart("rest", 0, 2, 1200));
  rate.add(samplePart("rest", 0, 2, 1300, 1200));
  expect(rate.perSecond({ nowMs: 5100, beginMs: 0 })).toBe(succeededBetween(3000, 4000));
  rate.add(samplePart("rest", 0, 2, 500, 2500));
  expect(rate.perSecond({ nowMs: 6000, beginMs: 0 })).toBe(succeededBetween(4000, 5000));
  expect(rate.perSecond({ nowMs: 9000, beginMs: 0 })).toBe(0);
});

test("a load that has just begun has none yet", () => {
  expect(new RecentRate().perSecond({ nowMs: 6900, beginMs: 5000 })).toBeNull();
  expect(new RecentRate().perSecond({ nowMs: 7000, beginMs: 5000 })).toBe(0);
});
