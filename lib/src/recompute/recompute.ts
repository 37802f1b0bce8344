import type { Estimate } from "../stats/interval.js";
import type { Missing } from "../stats/missing.js";
import { byPair, matchBlocks } from "../stats/ratios/matched-rounds.js";
import { pairedRatio, sideBySide } from "../stats/ratios/paired-ratio.js";
import { type CallMetric, metricOfRounds, totalsOf } from "../stats/ratios/round-metric.js";
import { ratioOfCalls } from "../stats/resampling/independent-calls.js";
import type { Scope } from "../stats/scope.js";
import { type Side, sideOf } from "../stats/side.js";
import type { ComparedRound, ComparedRounds } from "./compared.js";

/** What counts as warm-up: what the run left out, the first blocks of every pair, or of a load what ended in each round's first seconds. */
export type Cut = "detected" | { readonly firstBlocks: number } | { readonly firstSeconds: number };

/** What is counted as one repetition: blocks within pairs, blocks of one pair only, or, which is wrong, every call. */
export type Unit = "pairs" | "calls" | { readonly pair: number };

/** How a comparison is to be computed. */
export interface Choice {
  readonly metric: CallMetric;
  readonly cut: Cut;
  readonly unit: Unit;
}

/** A ratio with its interval, what the interval says, and what it rests on. */
export interface Recomputed {
  readonly ratio: Estimate;
  readonly side: Side;
  readonly pairs: number;
  readonly blocks: number;
  readonly calls: number;
  /** Null of single calls, which speak for nobody. */
  readonly scope: Scope | null;
  /** Whether one process was client and server: then it has no direction. */
  readonly oneProcess: boolean;
}

/** First arm ÷ second arm as it is computed where the run is analysed, or by another choice; why not, where there is none. */
export function recompute(rounds: ComparedRounds, { metric, cut, unit }: Choice): Recomputed | Missing {
  const kept = (all: readonly ComparedRound[]) =>
    all
      .filter((round) => isKept(round, cut, unit))
      .map((round) => withoutSeconds(round, cut))
      // A load in which none succeeded has a rate, and nothing else.
      .filter(({ calls }) => calls > 0 || metric === "rate");
  const blocks = matchBlocks(kept(rounds.first), kept(rounds.second));
  if (blocks.length === 0) return { missing: "no block is left that has both arms" };
  const estimated =
    unit === "calls" ? ofSingleCalls(blocks, metric) : ofBlocks(blocks, { ...rounds, metric });
  if ("missing" in estimated) return estimated;
  return {
    ...estimated,
    side: sideOf(estimated.ratio),
    oneProcess: rounds.oneProcess,
    pairs: byPair(blocks.map(([round]) => round)).length,
    blocks: blocks.length,
    calls: blocks.reduce((sum, [first, second]) => sum + first.calls + second.calls, 0),
  };
}

type Blocks = readonly (readonly [ComparedRound, ComparedRound])[];
type Estimated = Pick<Recomputed, "ratio" | "scope">;

function isKept({ pair, block, warm }: ComparedRound, cut: Cut, unit: Unit): boolean {
  const counts = typeof cut === "object" && "firstBlocks" in cut ? block >= cut.firstBlocks : warm;
  return counts && (typeof unit === "string" || pair === unit.pair);
}

function withoutSeconds(round: ComparedRound, cut: Cut): ComparedRound {
  if (cut === "detected" || "firstBlocks" in cut) return round;
  const isLate = (_: number, row: number) => (round.secondOfRow[row] as number) >= cut.firstSeconds;
  const durationsMs = round.durationsMs.filter(isLate);
  const callsOfRow = round.callsOfRow.filter(isLate);
  const secondOfRow = round.secondOfRow.filter(isLate);
  const noRate = "it is over whole rounds, and their first seconds are left out";
  return { ...round, durationsMs, callsOfRow, secondOfRow, ...totalsOf(durationsMs, callsOfRow), noRate };
}

function ofBlocks(
  blocks: Blocks,
  { metric, seed, fresh }: Pick<ComparedRounds, "seed" | "fresh"> & { readonly metric: CallMetric },
): Estimated | Missing {
  const first = metricOfRounds(
    blocks.map(([round]) => round),
    metric,
  );
  if ("missing" in first) return first;
  const second = metricOfRounds(
    blocks.map(([, round]) => round),
    metric,
  );
  if ("missing" in second) return second;
  const values = sideBySide(first, second);
  return "missing" in values ? values : pairedRatio(values, { seed, fresh, metric });
}

function ofSingleCalls(blocks: Blocks, metric: CallMetric): Estimated | Missing {
  const [first, second] = ([0, 1] as const).map((side) =>
    Float64Array.from(blocks.flatMap((block) => [...block[side].durationsMs])),
  ) as [Float64Array, Float64Array];
  const ratio = ratioOfCalls(first, second, metric);
  return "missing" in ratio ? ratio : { ratio, scope: null };
}
