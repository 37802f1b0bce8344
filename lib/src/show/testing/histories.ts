import { type HistorySeries, historyOf, type PastRun } from "../../analysis/runs/history.js";
import { sampleInfo } from "../../record/testing/samples.js";
import { createRandom } from "../../stats/random.js";

/** Runs a day apart from a fixed seed, two arms each, of which the first becomes half as slow again with the ninth run. */
export function samplePastRuns(runs: number, arms: readonly string[]): readonly PastRun[] {
  const random = createRandom(11);
  return Array.from({ length: runs }, (_, day): PastRun => {
    const startedAt = new Date(Date.UTC(2026, 10, 1 + day, 3, 42)).toISOString();
    const blocks = arms.flatMap((arm, kind) =>
      Array.from({ length: 6 }, (__, block) => {
        const median = (kind === 0 && day >= 8 ? 0.24 : 0.16 + 0.1 * kind) * (1 + 0.05 * random.next());
        const slow = { p90: 2 * median, p95: 3 * median, p99: 5 * median };
        return { arm, pair: 0, block, calls: 400, median, mean: 1.2 * median, ...slow };
      }),
    );
    return {
      run: `202611${String(1 + day).padStart(2, "0")}T034200Z-sample`,
      info: sampleInfo({ startedAt }),
      blocks,
      failures: new Map(arms.map((arm) => [arm, { failed: 24, calls: 2424 }])),
    };
  });
}

/** Those runs as a series an arm. */
export function sampleHistory(runs: number, arms: readonly string[]): readonly HistorySeries[] {
  const past = samplePastRuns(runs, arms);
  return arms.map((arm) => historyOf(past, arm, "median"));
}
