import { expect, test } from "vitest";
import type { RoundSums } from "../ratios/ratio-of-sums.js";
import { shareEstimate, wilsonInterval } from "./share-interval.js";

// Newcombe 1998, Statistics in Medicine 17:857, table I, method 3.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("%i of %i has the published interval", (successes, trials, low, high) => {
  const found = wilsonInterval(successes, trials, 0.95);
  expect(found.low).toBeCloseTo(low, 4);
  expect(found.high).toBeCloseTo(high, 4);
});

test("what cannot be a share is refused", () => {
  expect(() => wilsonInterval(0, 0)).toThrow(RangeError);
  expect(() => wilsonInterval(3, 2)).toThrow(RangeError);
});

function rounds(...failures: readonly number[]): readonly RoundSums[] {
  return failures.map((failed) => ({ above: failed, below: 100 }));
}

test("no failure is no proof of none, and clustered failures are known less well than scattered ones", () => {
  const none = shareEstimate([rounds(...Array<number>(20).fill(0))], { seed: 1 });
  expect(none).toMatchObject({ value: 0, low: 0 });
  expect(none.high).toBeCloseTo(wilsonInterval(0, 2000).high, 12);
  const scattered = shareEstimate([rounds(...Array<number>(20).fill(5))], { seed: 1 });
  const clustered = shareEstimate([rounds(100, ...Array<number>(19).fill(0))], { seed: 1 });
  expect(clustered.value).toBeCloseTo(scattered.value, 12);
  expect(clustered.high - clustered.low).toBeGreaterThan(1.5 * (scattered.high - scattered.low));
  expect(clustered.low).toBe(0);
});
