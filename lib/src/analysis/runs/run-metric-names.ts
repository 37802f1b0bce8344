/** By what several runs are held against each other. */
export const runMetrics = ["median", "mean", "p90", "p95", "p99", "rate", "cpu", "error rate"] as const;

/** Of an arm in a run: times in ms, `rate` in calls a second, `cpu` in ms of the server a call, `error rate` as a share of 1. */
export type RunMetric = (typeof runMetrics)[number];
