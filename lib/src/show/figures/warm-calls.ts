import { eachWarmRow } from "../../analysis/rounds/warm-rows.js";
import type { Calls } from "../../record/calls.js";

/** Durations in ms of the warm calls that succeeded, ascending, one array an arm in the order of `armNames`. */
export function sortedWarmDurations(calls: Calls): readonly Float64Array[] {
  const counts = calls.armNames.map(() => 0);
  eachWarmRow(calls, (arm) => {
    counts[arm] = (counts[arm] ?? 0) + 1;
  });
  const durations = counts.map((count) => new Float64Array(count));
  const filled = calls.armNames.map(() => 0);
  eachWarmRow(calls, (arm, row) => {
    const next = filled[arm] ?? 0;
    filled[arm] = next + 1;
    const column = durations[arm];
    if (column !== undefined) column[next] = calls.durationMs[row] ?? Number.NaN;
  });
  for (const column of durations) column.sort();
  return durations;
}
