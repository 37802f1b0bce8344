import { type LoadRound, lastedOf } from "../../record/load-info.js";
import type { BlockNumbers, BlocksOfRun, CutRound } from "../../record/parquet/run-blocks.js";
import type { RunInfo } from "../../record/run-info.js";
import type { Estimate } from "../../stats/interval.js";
import { type ChangePoint, changePoints } from "../../stats/over-time/change-points.js";
import { contrastEstimate } from "../../stats/ratios/contrast.js";
import { byPair } from "../../stats/ratios/matched-rounds.js";
import { ratioOfSums } from "../../stats/ratios/ratio-of-sums.js";
import { fewestCallsFor } from "../../stats/ratios/round-metric.js";
import { logarithmic, unscale } from "../../stats/scale.js";
import { resamplingOf } from "../compare.js";
import { stretchMs } from "../loads/stretches.js";

/** What is told of runs over time; in ms. */
export const historyMetrics = ["median", "mean", "p90", "p95", "p99"] as const;

/** A metric of a history. */
export type HistoryMetric = (typeof historyMetrics)[number];

/** A run with its blocks, as one of many. */
export interface PastRun extends BlocksOfRun {
  /** The name of its folder. */
  readonly run: string;
  readonly info: RunInfo;
}

/**
 * One run in a series: the geometric mean over pairs of that over blocks, as in a ratio; of a load that over its stretches, each as heavy
 * as it has calls.
 */
export interface HistoryPoint {
  readonly past: PastRun;
  readonly value: number;
  /** Null for a run of one block. */
  readonly interval: Estimate | null;
  /** Of all calls of the arm those that failed, as a share of 1. */
  readonly failedShare: number;
}

/** An arm by a metric, a point a run in the order of time. */
export interface HistorySeries {
  readonly arm: string;
  readonly metric: HistoryMetric;
  readonly points: readonly HistoryPoint[];
  readonly changes: readonly ChangePoint[];
  /** Runs without a point: their blocks have too few calls for the percentile. */
  readonly refused: number;
  /** Names of runs without a point since no warm call succeeded. */
  readonly failing: readonly string[];
}

/** An arm over the runs that are given, and where it changed (`changePoints`, on the axis of logarithms). */
export function historyOf(past: readonly PastRun[], arm: string, metric: HistoryMetric): HistorySeries {
  const called = past.filter(({ failures }) => failures.has(arm));
  const own = called.filter(({ blocks }) => blocks.some((block) => block.arm === arm));
  const points = own.flatMap((one) => pointOf(one, arm, metric) ?? []);
  const logs = points.map(({ value }) => Math.log(value));
  return {
    arm,
    metric,
    points,
    changes: changePoints(logs, { seed: 1 }),
    refused: own.length - points.length,
    failing: called.filter((one) => !own.includes(one)).map(({ run }) => run),
  };
}

function pointOf(past: PastRun, arm: string, metric: HistoryMetric): HistoryPoint | null {
  const needed = metric === "mean" ? 1 : fewestCallsFor(metric);
  const blocks = past.blocks.filter((block) => block.arm === arm && block[metric] > 0);
  if (blocks.length === 0 || blocks.some(({ calls }) => calls < needed)) return null;
  const { info } = past;
  const failedShare = failedShareOf(past, arm);
  const [only] = blocks;
  if (only !== undefined && blocks.length === 1)
    return { past, value: only[metric], interval: null, failedShare };
  const interval =
    info.load === null ? overBlocks(blocks, info, metric) : overStretches(blocks, info, metric);
  return { past, value: interval.value, interval, failedShare };
}

function failedShareOf({ failures }: PastRun, arm: string): number {
  const { failed, calls } = failures.get(arm) ?? { failed: 0, calls: 1 };
  return failed / Math.max(1, calls);
}

function overBlocks(blocks: readonly BlockNumbers[], info: RunInfo, metric: HistoryMetric): Estimate {
  const logs = byPair(blocks).map((pair) => pair.map((block) => Math.log(block[metric])));
  return contrastEstimate([logs], resamplingOf(info, logs.length));
}

/** A straggler in a second of its own must not count as much as a second of a thousand calls. */
function overStretches(stretches: readonly BlockNumbers[], info: RunInfo, metric: HistoryMetric): Estimate {
  const sums = byPair(stretches).map((pair) =>
    pair.map((stretch) => ({ above: stretch.calls * Math.log(stretch[metric]), below: stretch.calls })),
  );
  return unscale(ratioOfSums(sums, resamplingOf(info, sums.length)), logarithmic);
}

/** How the rounds of a load are cut for its points, as they are for `summarise`; those that never told how long they ran are not. */
export function cutOf({ load, loadRounds }: RunInfo): readonly CutRound[] {
  if (load === null) return [];
  return loadRounds.flatMap((round: LoadRound) => {
    const { arm, pair, block, beginMs } = round;
    const lastedMs = lastedOf(load, round);
    if (lastedMs === null || lastedMs <= 0) return [];
    return [{ arm, pair, block, beginMs, lastedMs, stretchMs: stretchMs(lastedMs) }];
  });
}
