import { expect, test } from "vitest";
import { ratioOfSums } from "./ratio-of-sums.js";

const rounds = [
  { above: 10, below: 2 },
  { above: 21, below: 4 },
  { above: 30, below: 5.5 },
  { above: 11, below: 2.1 },
];

test("is the sum above over the sum below, inside its interval", () => {
  const { value, low, high } = ratioOfSums([rounds], { seed: 1 });
  expect(value).toBeCloseTo(72 / 13.6, 12);
  expect(low).toBeLessThan(value);
  expect(high).toBeGreaterThan(value);
});

test("scales with its unit, and has no width where rounds agree", () => {
  const seconds = ratioOfSums([rounds], { seed: 1 });
  const ms = ratioOfSums([rounds.map((round) => ({ ...round, below: round.below * 1000 }))], { seed: 1 });
  expect(ms.low * 1000).toBeCloseTo(seconds.low, 9);
  const same = ratioOfSums([[rounds[0], rounds[0]] as typeof rounds], { seed: 1 });
  expect([same.low, same.high]).toEqual([5, 5]);
});

test("needs two rounds", () => {
  expect(() => ratioOfSums([[{ above: 1, below: 1 }]], { seed: 1 })).toThrow(RangeError);
});
