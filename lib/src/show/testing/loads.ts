import type { LoadSummary } from "../../analysis/loads/load.js";
import type { LoadCalls } from "../../analysis/loads/load-calls.js";
import type { LoadCost } from "../../analysis/loads/load-cost.js";
import type { Series, SeriesSecond } from "../../analysis/loads/series.js";
import { createRandom } from "../../stats/random.js";
import type { LoadRow } from "../frames/load-frame.js";

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
  return { load, cost, schedule: null };
}

/** Rounds of a load from a fixed seed: users who come one after another, a slow begin, calls that fail in one second. */
export function sampleLoadCalls(arms: readonly string[], callsEach: number): readonly LoadCalls[] {
  const random = createRandom(5);
  return arms.map((arm, i) => {
    let endMs = 40;
    const calls = Array.from({ length: callsEach }, (_, n) => {
      endMs += 5 + 10 * random.next();
      const slow = n < callsEach / 10 ? 8 : 1;
      return { endMs, durationMs: slow * (i + 1) * (4 + random.next()), ok: n % 50 !== 49 };
    });
    return { arm, pair: 0, block: 2, calls };
  });
}

/** Second by second of arms and their rounds, made up: a ramp, and failures of two kinds in the third second. */
export function sampleSeries(arms: readonly string[], { rounds = 1, seconds = 6 } = {}): readonly Series[] {
  return arms.flatMap((arm, i) =>
    Array.from({ length: rounds }, (_, round) => ({
      arm,
      pair: round,
      block: 2,
      seconds: Array.from({ length: seconds }, (_, second) => sampleSecond(second, (i + 1) * (round + 1))),
    })),
  );
}

function sampleSecond(second: number, slowness: number): SeriesSecond {
  return {
    second,
    users: Math.min(50, 20 * (second + 1)),
    sent: 100 + second,
    finished: 100 + second - slowness,
    failed: second === 2 ? { TIMEOUT: 3, ECONNRESET: 140 } : {},
    p50Ms: second === 4 ? null : 9 * slowness,
    p95Ms: 13 * slowness,
    p99Ms: 20 * slowness + second,
    maxMs: 70 * slowness,
    dueP99Ms: 25 * slowness,
    lateP99Ms: second === 0 ? 0 : 2,
    serverCpu: 0.3,
    clientCpu: 0.2,
    serverBytes: null,
    clientBytes: null,
    clientLoopUse: 0.25,
  };
}
