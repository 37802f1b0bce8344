import { type RatiosToFirst, ratiosToFirst } from "../../analysis/ratios-to-first.js";
import { summarise } from "../../analysis/summarise.js";
import type { ArmSummary } from "../../analysis/types.js";
import type { Run } from "../../record/run.js";
import type { RunInfo, Warning } from "../../record/run-info.js";

/** A run in numbers, as `wirelab summary --json` prints it. */
export interface RunSummary extends RatiosToFirst {
  readonly folder: string | null;
  readonly info: RunInfo;
  /** The run's own, and what was noticed while opening it. */
  readonly warnings: readonly Warning[];
  readonly arms: readonly ArmSummary[];
}

/** Everything that `wirelab summary` says of a run. */
export async function summariseRun(run: Run): Promise<RunSummary> {
  const arms = await summarise(run);
  const { ratios, withoutRatio } = await ratiosToFirst(run);
  const { folder, info, warnings } = run;
  return { folder, info, warnings, arms, ratios, withoutRatio };
}
