import type { AcrossRuns } from "../../analysis/runs/across-runs.js";
import { kindOf, type RunMetricKind } from "../../analysis/runs/run-metric-names.js";
import { type Side, sideOf } from "../../stats/side.js";

/** What became of a number from the baseline to another run, in a word of a table. */
export type RunChange =
  | "slower"
  | "faster"
  | "more CPU"
  | "less CPU"
  | "more errors"
  | "fewer errors"
  | "larger"
  | "smaller"
  | "negligible"
  | "undecided"
  | "no verdict";

/**
 * The word for a change: beyond the smallest effect that counts, inside it, across its edge, or none where there is no interval or
 * the rounding of the data takes away what would be decided without it.
 *
 * @example
 * runChange(acrossRuns(baseline, run, { metric: "median", arm: "rest", per: null })); // "slower"
 */
export function runChange({
  change,
  unrounded,
  metric,
  per,
}: Pick<AcrossRuns, "change" | "unrounded" | "metric" | "per">): RunChange {
  if (change === null || unrounded === null) return "no verdict";
  const kind = kindOf(metric);
  if (kind === "share") {
    if (change.low > 0) return "more errors";
    return change.high < 0 ? "fewer errors" : "undecided";
  }
  const side = sideOf(change);
  if (side === "inside") return "negligible";
  if (side === "across") return sideOf(unrounded) === "across" ? "undecided" : "no verdict";
  return (per === null ? words[kind] : ({ above: "larger", below: "smaller" } as const))[side];
}

const words: Readonly<
  Record<Exclude<RunMetricKind, "share">, Readonly<Record<Exclude<Side, "inside" | "across">, RunChange>>>
> = {
  time: { above: "slower", below: "faster" },
  "processor time": { above: "more CPU", below: "less CPU" },
  rate: { above: "faster", below: "slower" },
};
