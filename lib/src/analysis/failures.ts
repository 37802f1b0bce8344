import type { Calls } from "../record/calls.js";
import { byPair } from "../stats/ratios/matched-rounds.js";
import type { RoundSums } from "../stats/ratios/ratio-of-sums.js";
import { atLeastBatches } from "../stats/resampling/batches.js";
import { rowsOfAllRounds, rowsOfArm } from "./rounds/rows.js";

/** Calls of an arm that failed, and all of them, those of warm-up too: what fails before it is warm fails all the same. */
export function failuresOf(calls: Calls, arm: string): RoundSums {
  return counted(calls, rowsOfArm(calls, arm));
}

/** The same pair by pair and round by round, in pieces where there are few. */
export function failuresByPair(calls: Calls, arm: string): readonly (readonly RoundSums[])[] {
  const pairs = byPair(rowsOfAllRounds(calls, arm)).map((rounds) => rounds.map(({ rows }) => rows));
  return atLeastBatches(pairs).map((rounds) => rounds.map((rows) => counted(calls, rows)));
}

function counted({ ok, calls }: Calls, rows: Uint32Array): RoundSums {
  let [above, below] = [0, 0];
  for (const row of rows) {
    const count = calls[row] as number;
    below += count;
    if (ok[row] !== 1) above += count;
  }
  return { above, below };
}
