import { expect, test } from "vitest";
import { samplePart } from "../record/testing/samples.js";
import { closedLoad } from "../schedule/load-choice.js";
import { RoundSums } from "./rounds.js";

const place = { arm: "rest", pair: 0, block: 2 };

test("the rate of a load counts what succeeded and ended within its run time, in however many parts it came", () => {
  // Calls are due every 2 ms from 0 on, sent 0.25 ms late, take 0.1 to 0.22 ms, and every seventh fails.
  const load = closedLoad({ users: 3, runTimeMs: 100 });
  const sums = new RoundSums({ load, beginMs: 20 });
  sums.add(samplePart("rest", 0, 2, 40));
  sums.add(samplePart("rest", 0, 2, 40, 40));
  // Calls 0 to 59 end by 120 ms; of those 3, 10, … 59 fail.
  expect(sums.summary(place, null)).toMatchObject({ calls: 80, failed: 11, callsPerSecond: 510 });
});

test("a load that was cut short has no rate while it is measured: its run time is not the time that it took", () => {
  const sums = new RoundSums({ load: closedLoad({ users: 3, runTimeMs: 100 }), beginMs: 20 });
  sums.add(samplePart("rest", 0, 2, 40));
  expect(sums.summary(place, null, { cutShort: true })).toMatchObject({ calls: 40, callsPerSecond: null });
});

test("a load none of whose calls ended has no rate", () => {
  const load = closedLoad({ users: 3, runTimeMs: 100 });
  expect(new RoundSums({ load, beginMs: 0 }).summary(place, null).callsPerSecond).toBeNull();
});
