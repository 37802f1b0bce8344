import type { Missing } from "../../stats/missing.js";
import { sideBySide, type Values } from "../../stats/ratios/paired-ratio.js";
import { metricOfRounds, noneCounted, type PairValue } from "../../stats/ratios/round-metric.js";
import { type CostFacts, cpuOfRounds, peaksOfPairs } from "../layers/server-cost.js";
import type { Metric } from "../types.js";
import type { MeasuredRound } from "./rounds.js";

/** The arm of which a metric is not known, and why. */
export interface Lacking extends Missing {
  readonly arm: string;
}

/** What two arms are compared by, from the blocks that have both. */
export function valuesOf(
  blocks: readonly (readonly [MeasuredRound, MeasuredRound])[],
  info: CostFacts,
  { first, second, metric }: { readonly first: string; readonly second: string; readonly metric: Metric },
): readonly Values[] | Lacking {
  const side = (arm: string, index: 0 | 1) => {
    const rounds = blocks.map((block) => block[index]);
    if (metric === "cpu") return cpuOfRounds(info, arm, rounds);
    if (metric === "memory") return peaksOfPairs(info, arm, rounds);
    if (metric === "count") return countsOfRounds(rounds);
    if (metric === "bytes") return bytesOfRounds(rounds);
    return metricOfRounds(rounds, metric);
  };
  const [ofFirst, ofSecond] = [side(first, 0), side(second, 1)];
  if ("missing" in ofFirst) return { arm: first, ...ofFirst };
  if ("missing" in ofSecond) return { arm: second, ...ofSecond };
  const values = sideBySide(ofFirst, ofSecond);
  return "missing" in values ? { arm: first, ...values } : values;
}

function countsOfRounds(rounds: readonly MeasuredRound[]): readonly PairValue[] | Missing {
  if (rounds.some(({ load }) => load === null)) {
    return { missing: "its rounds last a number of calls, and only what lasts a time counts them" };
  }
  if (rounds.some(({ load }) => load?.lastedMs !== load?.runTimeMs)) {
    return {
      missing: "one of its rounds did not run for the whole run time, or nobody wrote down whether it did",
    };
  }
  if (rounds.some(({ counted }) => counted === 0)) {
    return { missing: noneCounted };
  }
  return rounds.map(({ pair, counted }) => ({ pair, value: counted }));
}

function bytesOfRounds(rounds: readonly MeasuredRound[]): readonly PairValue[] | Missing {
  const known = rounds.filter(({ bytesReceivedPerCall }) => bytesReceivedPerCall > 0);
  if (known.length < rounds.length) return { missing: "its answers have no body that is counted" };
  return known.map(({ pair, bytesReceivedPerCall }) => ({ pair, value: bytesReceivedPerCall }));
}
