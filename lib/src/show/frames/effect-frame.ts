import type { DataFrame } from "danfojs-node";
import type { Estimate } from "../../stats/interval.js";
import type { Scope } from "../../stats/scope.js";
import {
  changeWords,
  type Effect,
  fasterOf,
  type Interaction,
  sayBaseline,
  sayEffect,
  sayInteraction,
  sayWhatDecides,
} from "../../verdicts/effects.js";
import { type Cell, estimateCells } from "../tables/table.js";
import { makeFrame } from "./frame.js";

/** Effects from one baseline, and pairs of them. */
export interface EffectsFound {
  /** REST ÷ gRPC there. */
  readonly baseline: Estimate;
  readonly effects: readonly Effect[];
  readonly interactions: readonly Interaction[];
}

/** What is said around the table. */
interface EffectWords {
  /** What the baseline is. */
  readonly at: string;
  readonly scope: Scope;
  /** Sentences on what was left out. */
  readonly notes: readonly string[];
}

/**
 * A row for the baseline, for every flip of one factor and for every pair of them: REST ÷ gRPC there, and what it is of the
 * baseline's, each with its interval; below it sentences that say what decides.
 *
 * @example
 * effectFrame(found, { at: "1 KB, no link", scope: "these processes only", notes: [] })
 */
export function effectFrame(
  { baseline, effects, interactions }: EffectsFound,
  { at, scope, notes }: EffectWords,
): DataFrame {
  const before = fasterOf(baseline);
  const rows: readonly Row[] = [
    { words: "the baseline", ratio: baseline },
    ...effects,
    ...interactions.map(({ first, second, ...rest }) => ({ words: `${first}, and ${second}`, ...rest })),
  ];
  return makeFrame(columns, rows.map(cellsOf), {
    caption:
      "REST ÷ gRPC by medians under each condition, how many times the baseline's it becomes, and of two flips at once how many times the product of both effects; below a value its 99 % interval",
    notes: [
      `${sayBaseline(baseline)} (The baseline: ${at}.)`,
      ...effects.map((effect) => sayEffect(effect, before)),
      ...interactions.map(sayInteraction),
      ...sayWhatDecides(effects, before),
      ...notes,
      `In ${scope}.`,
    ],
  });
}

const columns = [
  ...["condition", "restOverGrpc", "restOverGrpcLow", "restOverGrpcHigh", "faster"],
  ...["becomes", "becomesLow", "becomesHigh", "change", "baselineIn"],
  ...["interaction", "interactionLow", "interactionHigh"],
];

/** What a row of the table has: the baseline no effect, and a pair of flips an interaction in place of one. */
interface Row {
  readonly words: string;
  readonly ratio: Estimate | null;
  readonly effect?: Estimate | null;
  readonly sameBlocks?: boolean;
  readonly caution?: string;
  readonly interaction?: Estimate | null;
}

function cellsOf({ words, ratio, effect = null, sameBlocks, caution = "", interaction = null }: Row): Cell[] {
  const measuredIn = sameBlocks ? "the same blocks" : "a run of its own";
  return [
    ...[words, ...estimateCells(ratio), ratio && fasterOf(ratio)],
    ...[...estimateCells(effect), changeWords({ effect, caution }), effect && measuredIn],
    ...estimateCells(interaction),
  ];
}
