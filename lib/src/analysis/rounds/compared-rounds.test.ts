import { describe, expect, it } from "vitest";
import type { ComparedRounds } from "../../recompute/compared.js";
import { recompute } from "../../recompute/recompute.js";
import { sampleInfo } from "../../record/testing/samples.js";
import { closedLoad, openLoad } from "../../schedule/load-choice.js";
import { sampleCalls } from "../../show/testing/samples.js";
import { type CallMetric, callMetrics } from "../../stats/ratios/round-metric.js";
import { type CompareOptions, compareCalls } from "../compare.js";
import { madeUpLoad } from "../testing/made-up-load.js";
import { comparedRounds, comparedRows } from "./compared-rounds.js";

const arms = { first: "rest", second: "grpc" } satisfies CompareOptions;
const calls = sampleCalls({ pairs: 10, blocks: 6, callsPerRound: 40 });
const info = sampleInfo();
const rounds = comparedRounds(calls, info, arms);

const asInRun = (metric: CallMetric) => ({ metric, cut: "detected", unit: "pairs" }) as const;

function counted({ first, second }: ComparedRounds): number {
  return [...first, ...second].reduce((sum, { durationsMs }) => sum + durationsMs.length, 0);
}

describe("a comparison computed anew", () => {
  it.each(callMetrics.filter((metric) => metric !== "p95" && metric !== "p99"))(
    "is by the run's own choice the one that the run has, by %s",
    (metric) => {
      const {
        ratio,
        pairs,
        blocks,
        calls: called,
        scope,
      } = compareCalls(calls, info, null, { ...arms, metric });
      expect(recompute(rounds, asInRun(metric))).toMatchObject({
        ratio,
        pairs,
        blocks,
        calls: called,
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
    const asFound = recompute(rounds, asInRun("mean"));
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
    expect(recompute(rounds, asInRun("p99"))).toEqual({
      missing: expect.stringMatching(missing),
    });
    expect(() => compareCalls(calls, info, null, { ...arms, metric: "p99" })).toThrow(missing);
  });

  it("never has the round in which everything is called at once", () => {
    const primed = comparedRounds(calls, { ...info, primeCalls: 600 }, arms);
    expect(primed.first.some(({ block }) => block === 1)).toBe(false);
    expect(primed.first).toHaveLength(50);
    expect(comparedRows(calls, { ...info, primeCalls: 600 }, arms)).toBe(counted(primed));
  });
});

describe("a comparison of loads computed anew", () => {
  const closed = madeUpLoad({ load: closedLoad({ users: 4, runTimeMs: 3000 }) });
  const open = madeUpLoad({ load: openLoad({ callsPerSecond: 140, runTimeMs: 3000, users: 50 }) });
  const missingOf = (found: object) => ("missing" in found ? found.missing : null);

  it.each(
    callMetrics.flatMap(
      (metric) =>
        [
          [metric, "closed", closed],
          [metric, "open", open],
        ] as const,
    ),
  )("is by the run's own choice the one that the run has, by %s of a load that is %s", (metric, _, run) => {
    const own = compareCalls(run.calls, run.info, null, { ...arms, metric });
    const { ratio, pairs, blocks, scope } = own;
    expect(recompute(comparedRounds(run.calls, run.info, arms), asInRun(metric))).toMatchObject({
      ratio,
      pairs,
      blocks,
      scope,
      calls: own.calls,
    });
  });

  it("never has the calls before it, and counts its blocks without them", () => {
    const all = comparedRounds(closed.calls, closed.info, arms);
    expect(comparedRows(closed.calls, closed.info, arms)).toBe(counted(all));
    const blocksAfter = (firstBlocks: number) =>
      recompute(all, { metric: "mean", cut: { firstBlocks }, unit: "pairs" });
    expect([0, 2].map(blocksAfter)).toMatchObject([{ blocks: 9 }, { blocks: 3 }]);
    expect(missingOf(blocksAfter(3))).toBe("no block is left that has both arms");
  });

  it("leaves out what ended in the first seconds of every round, and then has no rate", () => {
    const all = comparedRounds(closed.calls, closed.info, arms);
    const by = (metric: CallMetric, firstSeconds: number) =>
      recompute(all, { metric, cut: { firstSeconds }, unit: "pairs" });
    const late = { ...closed.calls, ok: closed.calls.ok.slice() };
    for (const { arm, pair, block, beginMs } of closed.info.loadRounds) {
      for (let row = 0; row < late.length; row++) {
        const isOf = late.armNames[late.arm[row] as number] === arm && late.pair[row] === pair;
        const endMs = (late.startMs[row] as number) + (late.durationMs[row] as number);
        if (isOf && late.block[row] === block && endMs < beginMs + 1000) late.ok[row] = 0;
      }
    }
    for (const metric of ["mean", "median", "p90", "max"] as const) {
      const { ratio, calls: called } = compareCalls(late, closed.info, null, { ...arms, metric });
      expect(by(metric, 1)).toMatchObject({ ratio, calls: called });
    }
    for (const metric of ["rate", "elapsed"] as const) {
      expect(missingOf(by(metric, 1))).toMatch(/^it is over whole rounds/);
    }
    expect(missingOf(by("mean", 4))).toBe("no block is left that has both arms");
  });

  it.each(["median", "rate"] as const)(
    "has of a round in which every call failed what the run has, by %s",
    (metric) => {
      const run = madeUpLoad({ failing: { arm: "grpc", pair: 1, block: 3 } });
      const found = recompute(comparedRounds(run.calls, run.info, arms), asInRun(metric));
      const own = () => compareCalls(run.calls, run.info, null, { ...arms, metric });
      if ("missing" in found) expect(own).toThrow(found.missing);
      else expect(found).toMatchObject({ ratio: own().ratio, blocks: 8 });
      expect("missing" in found).toBe(metric === "rate");
    },
  );
});
