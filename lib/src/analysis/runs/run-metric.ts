import type { Calls } from "../../record/calls.js";
import type { Estimate } from "../../stats/interval.js";
import {
  type PoolableCalls,
  poolableCalls,
  type Refusal,
} from "../../stats/percentiles/percentile-interval.js";
import { byPair } from "../../stats/ratios/matched-rounds.js";
import { oneBlock } from "../../stats/ratios/paired-ratio.js";
import { ratioOfSums } from "../../stats/ratios/ratio-of-sums.js";
import { percentileShares } from "../../stats/ratios/round-metric.js";
import { shareEstimate } from "../../stats/resampling/share-interval.js";
import { type RunFacts, resamplingOf } from "../compare.js";
import { failuresByPair } from "../failures.js";
import { cpuOfRounds } from "../layers/server-cost.js";
import { averageOf, rateOrWhy } from "../loads/load.js";
import { stretchesByPair } from "../loads/stretches.js";
import { percentileOrRefusal } from "../percentile-or-refusal.js";
import { countedRoundsOf, hasCalls, type MeasuredRound } from "../rounds/rounds.js";
import type { RunMetric } from "./run-metric-names.js";

/** A number of an arm: with its interval, or as it was told by another tool and without one, or not at all. */
export type ArmNumber =
  | { readonly kind: "estimated"; readonly estimate: Estimate }
  | { readonly kind: "told"; readonly value: number; readonly why: string }
  /** `nothing` is true where there is no call that it could be made of, however long was measured. */
  | { readonly kind: "missing"; readonly why: string; readonly nothing: boolean };

/** The numbers of one arm of a run as they are asked for, computed as `summarise` does: from all of its warm calls, its error rate from all calls. */
export function armNumbers(calls: Calls, arm: string, info: RunFacts): (metric: RunMetric) => ArmNumber {
  const counted = countedRoundsOf(calls, arm, info);
  const rounds = counted.filter(hasCalls);
  let durations: PoolableCalls | null = null;
  return (metric) => {
    if (metric === "error rate") return errorRate(calls, arm, info);
    if (rounds.length === 0) return nothing("none of its warm calls succeeded");
    if (metric === "cpu") return cpu(rounds, arm, info);
    if (metric === "rate") return found(rateOrWhy(counted, info));
    if (metric === "mean") {
      const mean = averageOf(rounds, info);
      return mean === null ? missing("an interval around a mean takes two calls") : estimated(mean);
    }
    durations ??= poolableCalls(stretchesByPair(rounds, ({ durationsMs }) => durationsMs));
    return percentileOf(durations, info, metric);
  };
}

function percentileOf(
  durations: PoolableCalls,
  info: RunFacts,
  metric: keyof typeof percentileShares,
): ArmNumber {
  const refused: Record<string, Refusal> = {};
  const estimate = percentileOrRefusal(durations, {
    name: metric,
    p: percentileShares[metric],
    info,
    refused,
  });
  return estimate === null
    ? missing(refused[metric]?.refused ?? "there are too few calls")
    : estimated(estimate);
}

function cpu(rounds: readonly MeasuredRound[], arm: string, info: RunFacts): ArmNumber {
  const used = cpuOfRounds(info, arm, rounds);
  if ("missing" in used) return missing(used.missing);
  if (used.length < 2) return missing(oneBlock);
  const sums = used.map(({ pair, value }, i) => {
    const below = (rounds[i] as MeasuredRound).calls;
    return { pair, above: value * below, below };
  });
  const pairs = byPair(sums);
  return estimated(ratioOfSums(pairs, resamplingOf(info, pairs.length)));
}

function errorRate(calls: Calls, arm: string, info: RunFacts): ArmNumber {
  const pairs = failuresByPair(calls, arm);
  const rounds = pairs.flat().length;
  if (rounds === 0) return nothing("it made no call");
  if (rounds === 1) return missing("an interval around a share takes two calls");
  return estimated(shareEstimate(pairs, resamplingOf(info, pairs.length)));
}

function found(rate: Estimate | { readonly missing: string }): ArmNumber {
  return "missing" in rate ? missing(rate.missing) : estimated(rate);
}

/** A number without its interval; null where there is none. */
export function plainValue(number: ArmNumber): number | null {
  if (number.kind === "missing") return null;
  return number.kind === "told" ? number.value : number.estimate.value;
}

/** Whether there is no call that a number could be made of. */
export function isNothing(number: ArmNumber): boolean {
  return number.kind === "missing" && number.nothing;
}

/** A number with its interval. */
export function estimated(estimate: Estimate): ArmNumber {
  return { kind: "estimated", estimate };
}

/** No number, and why, as the end of a sentence. */
export function missing(why: string): ArmNumber {
  return { kind: "missing", why, nothing: false };
}

/** The same where there is not even a call that it could be made of. */
export function nothing(why: string): ArmNumber {
  return { kind: "missing", why, nothing: true };
}
