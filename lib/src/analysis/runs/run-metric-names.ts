/** What a number of a run is, which decides its unit and how a change of it is said. */
export type RunMetricKind = "time" | "processor time" | "rate" | "share";

const kinds = {
  median: "time",
  mean: "time",
  p90: "time",
  p95: "time",
  p99: "time",
  rate: "rate",
  cpu: "processor time",
  "error rate": "share",
} as const satisfies Readonly<Record<string, RunMetricKind>>;

/** Of an arm in a run: times in ms, `rate` in calls a second, `cpu` in ms of the server a call, `error rate` as a share of 1. */
export type RunMetric = keyof typeof kinds;

/** By what several runs are held against each other. */
export const runMetrics = Object.keys(kinds) as readonly RunMetric[];

/** What kind of number a metric is. */
export function kindOf(metric: RunMetric): RunMetricKind {
  return kinds[metric];
}
