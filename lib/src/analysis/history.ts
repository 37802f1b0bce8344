import type { BlockNumbers } from "../record/run-blocks.js";
import type { RunInfo } from "../record/run-info.js";
import { type ChangePoint, changePoints } from "../stats/change-points.js";
import { contrastEstimate } from "../stats/contrast.js";
import type { Estimate } from "../stats/interval.js";
import { byPair } from "../stats/matched-rounds.js";
import { smallestSample } from "../stats/order-statistics.js";
import { percentileShares } from "../stats/round-metric.js";
import { pairsAre } from "../stats/scope.js";
import { scopeOf } from "./compare.js";

/** What is told of runs over time; in ms. */
export const historyMetrics = ["median", "mean", "p90", "p95", "p99"] as const;

/** A metric of a history. */
export type HistoryMetric = (typeof historyMetrics)[number];

/** A run with its blocks, as one of many. */
export interface PastRun {
  /** The name of its folder. */
  readonly run: string;
  readonly info: RunInfo;
  readonly blocks: readonly BlockNumbers[];
}

/** One run in a series: the geometric mean over pairs of that over blocks, as in a ratio. */
export interface HistoryPoint {
  readonly past: PastRun;
  readonly value: number;
  /** Null for a run of one block. */
  readonly interval: Estimate | null;
}

/** An arm by a metric, a point a run in the order of time. */
export interface HistorySeries {
  readonly arm: string;
  readonly metric: HistoryMetric;
  readonly points: readonly HistoryPoint[];
  readonly changes: readonly ChangePoint[];
  /** Runs without a point: their blocks have too few calls for the percentile. */
  readonly refused: number;
}

/** An arm over the runs that are given, and where it changed (`changePoints`, on the axis of logarithms). */
export function historyOf(past: readonly PastRun[], arm: string, metric: HistoryMetric): HistorySeries {
  const own = past.filter(({ blocks }) => blocks.some((block) => block.arm === arm));
  const points = own.flatMap((one) => pointOf(one, arm, metric) ?? []);
  const logs = points.map(({ value }) => Math.log(value));
  return {
    arm,
    metric,
    points,
    changes: changePoints(logs, { seed: 1 }),
    refused: own.length - points.length,
  };
}

function pointOf(past: PastRun, arm: string, metric: HistoryMetric): HistoryPoint | null {
  const isTail = metric !== "median" && metric !== "mean";
  const needed = isTail ? smallestSample({ p: percentileShares[metric], confidence: 0.95 }) : 1;
  const blocks = past.blocks.filter((block) => block.arm === arm && block[metric] > 0);
  if (blocks.length === 0 || blocks.some(({ calls }) => calls < needed)) return null;
  const logs = byPair(blocks).map((pair) => pair.map((block) => Math.log(block[metric])));
  const [[only] = []] = logs;
  if (blocks.length === 1) return { past, value: Math.exp(only as number), interval: null };
  const { info } = past;
  const interval = contrastEstimate([logs], { seed: info.seed, pairs: pairsAre(scopeOf(info, logs.length)) });
  return { past, value: interval.value, interval };
}
