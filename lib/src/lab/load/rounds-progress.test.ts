import { expect, test } from "vitest";
import { inRounds } from "./rounds-progress.js";

test("rounds of the load are what is counted, and what warms up is said", () => {
  // Two blocks that warm up and three rounds, of two arms.
  const at = (done: number) => inRounds({ done, total: 10, phase: "pair 1 of 1" }, { rounds: 3, arms: 2 });
  const told = [0, 4, 4.5, 5, 5.5, 6, 6.1, 10].map((done) => at(done));
  expect(told.map(({ phase }) => phase)).toEqual([
    ...["warming up", "warming up"],
    ...["round 1 of 3", "round 1 of 3", "round 1 of 3", "round 1 of 3"],
    ...["round 2 of 3", "round 3 of 3"],
  ]);
  expect(told.map(({ done, total }) => Number((done / total).toFixed(3)))).toEqual([
    0, 0, 0.083, 0.167, 0.25, 0.333, 0.35, 1,
  ]);
});
