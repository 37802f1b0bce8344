import { describe, expect, it } from "vitest";
import { recompute } from "../../recompute/recompute.js";
import { sampleInfo } from "../../record/testing/samples.js";
import { closedLoad } from "../../schedule/load-choice.js";
import { sampleCalls } from "../../show/testing/samples.js";
import { callMetrics } from "../../stats/ratios/round-metric.js";
import { type CompareOptions, compareCalls } from "../compare.js";
import { comparedRounds } from "./compared-rounds.js";

const arms = { first: "rest", second: "grpc" } satisfies CompareOptions;
const calls = sampleCalls({ pairs: 10, blocks: 6, callsPerRound: 40 });
const info = sampleInfo();
const rounds = comparedRounds(calls, info, arms);
if (rounds === null) throw new Error("a chain can be computed anew");

describe("a comparison computed anew", () => {
  it.each(callMetrics.filter((metric) => metric !== "p95" && metric !== "p99"))(
    "is by the run's own choice the one that the run has, by %s",
    (metric) => {
      const {
        ratio,
        pairs,
        blocks,
        calls: counted,
        scope,
      } = compareCalls(calls, info, null, { ...arms, metric });
      expect(recompute(rounds, { metric, cut: "detected", unit: "pairs" })).toMatchObject({
        ratio,
        pairs,
        blocks,
        calls: counted,
        scope,
      });
    },
  );

  it("leaves out as many blocks of every pair as it is told to", () => {
    const blocksAfter = (firstBlocks: number) => {
      const found = recompute(rounds, { metric: "mean", cut: { firstBlocks }, unit: "pairs" });
      return "missing" in found ? found.missing : found.blocks;
    };
    expect([0, 2, 5].map(blocksAfter)).toEqual([60, 40, 10]);
    expect(blocksAfter(6)).toBe("no block is left that has both arms");
    const asFound = recompute(rounds, { metric: "mean", cut: "detected", unit: "pairs" });
    expect(recompute(rounds, { metric: "mean", cut: { firstBlocks: 2 }, unit: "pairs" })).toEqual(asFound);
  });

  it("speaks of one pair only when it has one, and of nobody by calls", () => {
    const by = (unit: "calls" | { pair: number }) =>
      recompute(rounds, { metric: "median", cut: "detected", unit });
    expect(by({ pair: 3 })).toMatchObject({ pairs: 1, blocks: 4, scope: "these processes only" });
    expect(by("calls")).toMatchObject({ pairs: 10, blocks: 40, scope: null, calls: 2 * 40 * 40 });
  });

  it("says what is missing as the run does", () => {
    const missing = /a p99 a round needs 368 calls a round, and in one of its rounds there are 40/;
    expect(recompute(rounds, { metric: "p99", cut: "detected", unit: "pairs" })).toEqual({
      missing: expect.stringMatching(missing),
    });
    expect(() => compareCalls(calls, info, null, { ...arms, metric: "p99" })).toThrow(missing);
  });

  it("never has the round in which everything is called at once", () => {
    const primed = comparedRounds(calls, { ...info, primeCalls: 600 }, arms);
    expect(primed?.first.some(({ block }) => block === 1)).toBe(false);
    expect(primed?.first).toHaveLength(50);
  });

  it("is not there for a load", () => {
    const load = closedLoad({ users: 1, runTimeMs: 1000 });
    expect(comparedRounds(calls, { ...info, load }, arms)).toBeNull();
  });
});
