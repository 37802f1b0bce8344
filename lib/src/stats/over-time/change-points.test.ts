import { expect, test } from "vitest";
import { createRandom } from "../random.js";
import { bestSplit, changePoints, fewestForChange } from "./change-points.js";

// What MongoDB's signal-processing-algorithms 2.1 (Python) finds in these, with p = 0.01 and 999 permutations.
const step = [
  ...[10.612, 9.233, 10.125, 9.83, 9.864, 9.935, 9.394, 9.93, 9.74, 10.997, 10.068, 9.894],
  ...[11.416, 11.3, 11.183, 11.383, 11.645, 11.428, 11.787, 11.44, 11.507, 11.964],
];
const two = [
  ...[10.164, 9.848, 9.945, 10.162, 10.581, 9.919, 9.927, 10.301, 9.734, 9.912],
  ...[12.265, 12.174, 12.027, 12.201, 11.152, 12.306, 11.712, 11.499, 12.083],
  ...[11.21, 10.867, 10.677, 11.008, 10.984, 11.422, 11.224, 11.058, 11.333, 10.938, 10.722],
];
const flat = [
  ...[10.175, 10.175, 9.936, 9.765, 10.069, 9.252, 10.207, 10.147, 9.508, 10.018, 9.711, 10.227],
  ...[9.39, 9.726, 10.213, 10.347, 9.353, 9.851, 10.098, 9.817, 10.477, 9.643, 10.106, 9.685],
];

test.each([
  ["step", step, 12, 12.838763636363637],
  ["two", two, 10, 12.824599999999998],
  ["flat", flat, 2, 0.5660303030303037],
] as const)("the best split of %s has the statistic of MongoDB's package", (_, values, at, statistic) => {
  const found = bestSplit(values);
  expect(found.at).toBe(at);
  expect(found.statistic).toBeCloseTo(statistic, 10);
});

test.each([
  ["step", step, [12]],
  ["two", two, [10, 19]],
  ["flat", flat, []],
] as const)("the changes of %s are those of MongoDB's package", (_, values, at) => {
  expect(changePoints(values, { seed: 1 }).map((point) => point.at)).toEqual(at);
});

test("one value that lies apart is no change, and nor is too short a series", () => {
  expect(changePoints([...flat, 15], { seed: 1 })).toEqual([]);
  expect(changePoints([1, 1, 1, 1, 9, 9, 9, 9], { seed: 1 })).toEqual([]);
  expect(fewestForChange).toBe(12);
  expect(
    changePoints([1, 1.1, 1.2, 1.05, 1.15, 1.01, 9, 9.1, 9.2, 9.05, 9.15, 9.01], { seed: 1 }),
  ).toMatchObject([{ at: 6 }]);
});

test("series of equal values have no change, and odd ones are refused", () => {
  expect(changePoints(Array<number>(30).fill(2), { seed: 1 })).toEqual([]);
  expect(() => changePoints([1, Number.NaN], { seed: 1 })).toThrow(RangeError);
});

test("where nothing changed it finds something in about one series of a hundred", () => {
  const random = createRandom(8);
  const trials = 300;
  let found = 0;
  for (let i = 0; i < trials; i++) {
    const values = Array.from({ length: 14 }, () => random.next() + random.next());
    if (changePoints(values, { seed: i, permutations: 299 }).length > 0) found++;
  }
  // Binomial of 300 trials at 0.01: more than nine are rarer than one in a thousand.
  expect(found).toBeLessThanOrEqual(9);
});
