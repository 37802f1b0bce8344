import { WirelabError } from "../../errors.js";
import type { Run } from "../../record/run.js";
import type { Estimate } from "../../stats/interval.js";
import { meanEstimate } from "../../stats/resampling/mean-interval.js";
import { resamplingOf } from "../compare.js";
import { stretchesByPair } from "../loads/stretches.js";
import { type MeasuredRound, roundsOf } from "./rounds.js";

/**
 * How long `calls` calls of an arm take one after another, in ms: the mean of a warm call times their number, with a
 * 99 % interval over pairs and blocks. Throws `not-enough-data` when the run has no warm, successful call of the arm.
 */
export async function totalOf(run: Run, arm: string, calls: number): Promise<Estimate> {
  const rounds = await warmRounds(run, arm);
  const pairs = stretchesByPair(rounds, ({ durationsMs }) => durationsMs);
  const mean = meanEstimate(pairs, resamplingOf(run.info, pairs.length));
  return { ...mean, value: mean.value * calls, low: mean.low * calls, high: mean.high * calls };
}

/**
 * The shortest or longest warm call of an arm, in ms; it has no interval, since a longer run would find a more extreme
 * one. Throws as `totalOf` does.
 */
export async function extremeOf(
  run: Run,
  arm: string,
  which: "min" | "max",
): Promise<{ value: number; confidence: null; calls: number }> {
  const rounds = await warmRounds(run, arm);
  const extremes = rounds.map(({ durationsMs }) =>
    durationsMs.reduce((a, b) => (which === "min" ? Math.min(a, b) : Math.max(a, b))),
  );
  const value = which === "min" ? Math.min(...extremes) : Math.max(...extremes);
  return { value, confidence: null, calls: rounds.reduce((sum, round) => sum + round.calls, 0) };
}

async function warmRounds(run: Run, arm: string): Promise<MeasuredRound[]> {
  const rounds = roundsOf(await run.calls(), arm, run.info);
  if (rounds.length > 0) return rounds;
  throw new WirelabError(
    "not-enough-data",
    `The run has no warm, successful call of ${arm}; measure it again.`,
  );
}
