import {
  kindOf,
  type RunMetric,
  type RunMetricKind,
  runMetrics,
} from "../../analysis/runs/run-metric-names.js";

/** Words of a threshold → metric; k6's and Locust's names for the same are known too. */
export const metricWords: ReadonlyMap<string, RunMetric> = new Map<string, RunMetric>([
  ...runMetrics.map((metric) => [metric, metric] as const),
  ["p50", "median"],
  ["med", "median"],
  ["avg", "mean"],
  ["rps", "rate"],
  ["error-rate", "error rate"],
]);

/** A unit that may stand after a number, under any of its names, and what makes of it the metric's own unit. */
export interface ThresholdUnit {
  readonly names: readonly string[];
  readonly factor: number;
}

const times: readonly ThresholdUnit[] = [
  { names: ["ns"], factor: 1e-6 },
  { names: ["µs", "us", "μs"], factor: 1e-3 },
  { names: ["ms"], factor: 1 },
  { names: ["s"], factor: 1000 },
];
const units: Readonly<Record<RunMetricKind, readonly ThresholdUnit[]>> = {
  time: times,
  "processor time": times,
  rate: [{ names: ["/s", "1/s", "calls/s"], factor: 1 }],
  share: [{ names: ["%"], factor: 0.01 }],
};
const factors: readonly ThresholdUnit[] = [{ names: ["", "x"], factor: 1 }];

/** The units that a bound of a metric can have; a ratio of two arms has none. */
export function boundUnits(metric: RunMetric, isRatio: boolean): readonly ThresholdUnit[] {
  return isRatio ? factors : units[kindOf(metric)];
}
