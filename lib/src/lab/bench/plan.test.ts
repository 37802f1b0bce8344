import * as fc from "fast-check";
import { expect, it } from "vitest";
import { planBench } from "./plan.js";

it("asks for at least the requests, next to none more, in rounds that hold every caller", () => {
  const load = fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 500 }));
  fc.assert(
    fc.property(load, ([requests, callers]) => {
      fc.pre(callers <= requests);
      const { blocks, callsPerRound } = planBench({ arms: ["rest"], requests, concurrency: [callers] });
      expect(blocks * callsPerRound).toBeGreaterThanOrEqual(requests);
      expect(blocks * callsPerRound - requests).toBeLessThan(blocks);
      expect(callsPerRound).toBeGreaterThanOrEqual(callers);
    }),
  );
});

it("has ten blocks of the post's own load", () => {
  expect(planBench({ arms: ["rest", "grpc"], requests: 1000, concurrency: [10] })).toMatchObject({
    arms: [
      { name: "rest", arm: "rest", callers: 10 },
      { name: "grpc", arm: "grpc", callers: 10 },
    ],
    blocks: 10,
    callsPerRound: 100,
  });
});
