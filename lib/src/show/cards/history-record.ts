import type { History } from "./history.js";

/** A history as `--json` prints it: without the environments and blocks that each point rests on, times in ms. */
export function historyRecord({ name, folder, series, leftOut }: History) {
  return {
    name,
    folder,
    leftOut,
    series: series.map(({ arm, metric, points, changes, refused, failing }) => ({
      arm,
      metric,
      refused,
      failing,
      points: points.map(({ past: { run, info }, value, interval, failedShare }) => ({
        run,
        startedAt: info.startedAt,
        value,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
        failedShare,
      })),
      changes: changes.map(({ at, p }) => ({ run: points[at]?.past.run, p })),
    })),
  };
}
