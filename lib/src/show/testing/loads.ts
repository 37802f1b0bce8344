import type { LoadSummary } from "../../analysis/load.js";
import type { LoadCost } from "../../analysis/load-cost.js";
import type { LoadRow } from "../load-frame.js";

const estimate = (value: number) => ({ value, low: value * 0.9, high: value * 1.1, confidence: 0.99 });

/** One arm under load in numbers, made up. */
export function loadRow(
  arm: string,
  medianMs: number,
  changes: { readonly load?: Partial<LoadSummary>; readonly cost?: Partial<LoadCost> } = {},
): LoadRow {
  const load: LoadSummary = {
    arm,
    requests: 11_653,
    failed: 7,
    errorRate: 7 / 11_653,
    errors: { TIMEOUT: 7 },
    meanMs: estimate(medianMs * 1.1),
    minMs: medianMs / 2,
    maxMs: 77.4,
    p50Ms: estimate(medianMs),
    p90Ms: estimate(medianMs * 1.3),
    p95Ms: estimate(medianMs * 1.5),
    p99Ms: estimate(medianMs * 2.5),
    requestsPerSecond: estimate(64.9),
    peakRequestsPerSecond: 65.8,
    firstByteMs: null,
    networkOverheadMs: null,
    serverCpuMsPerRequest: 1.25,
    serverMemoryBytes: 90_000_000,
    notMeasured: {},
    ...changes.load,
  };
  const cost: LoadCost = {
    users: 100,
    clientCpuMsPerCall: 0.4,
    clientBusy: 0.13,
    clientLoopUse: 0.11,
    answerBytes: 52.75,
    ...changes.cost,
  };
  return { load, cost };
}
