import { compare } from "../analysis/compare.js";
import { summarise } from "../analysis/summarise.js";
import type { ArmSummary, Comparison } from "../analysis/types.js";
import { WirelabError } from "../errors.js";
import type { Run } from "../record/run.js";
import type { RunInfo, Warning } from "../record/run-info.js";

/** A run in numbers, as `wirelab summary --json` prints it. */
export interface RunSummary {
  readonly folder: string | null;
  readonly info: RunInfo;
  /** The run's own, and what was noticed while opening it. */
  readonly warnings: readonly Warning[];
  readonly arms: readonly ArmSummary[];
  /** The median of every other arm ÷ that of the first. */
  readonly ratios: readonly Comparison[];
  /** Why a ratio is missing, a sentence each. */
  readonly withoutRatio: readonly string[];
}

/** Everything that `wirelab summary` says of a run. */
export async function summariseRun(run: Run): Promise<RunSummary> {
  const arms = await summarise(run);
  const [second, ...others] = arms.map(({ arm }) => arm);
  const ratios: Comparison[] = [];
  const withoutRatio: string[] = [];
  for (const first of others) {
    try {
      ratios.push(await compare(run, { first, second: second as string }));
    } catch (error) {
      if (!(error instanceof WirelabError)) throw error;
      withoutRatio.push(error.message);
    }
  }
  const { folder, info, warnings } = run;
  return { folder, info, warnings, arms, ratios, withoutRatio };
}
