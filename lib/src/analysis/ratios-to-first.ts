import { whyTooLittle } from "../errors.js";
import type { Run } from "../record/run.js";
import { compare } from "./compare.js";
import type { Comparison } from "./types.js";

/** How the arms of a run stand to its first one. */
export interface RatiosToFirst {
  /** The median of every other arm ÷ that of the first. */
  readonly ratios: readonly Comparison[];
  /** Why a ratio is missing, a sentence each. */
  readonly withoutRatio: readonly string[];
}

/** Compares every other arm of a run with its first. */
export async function ratiosToFirst(run: Run): Promise<RatiosToFirst> {
  const [second = "", ...others] = run.info.arms.map(({ name }) => name);
  const { armNames } = await run.calls();
  const ratios: Comparison[] = [];
  const withoutRatio: string[] = [];
  for (const first of others) {
    const uncalled = [first, second].find((arm) => !armNames.includes(arm));
    if (uncalled !== undefined) {
      withoutRatio.push(`No ratio of ${first}: the run ended before it called ${uncalled}.`);
      continue;
    }
    try {
      ratios.push(await compare(run, { first, second }));
    } catch (error) {
      withoutRatio.push(whyTooLittle(error));
    }
  }
  return { ratios, withoutRatio };
}
