import { sayPercent, sayTimes } from "../stats/digits.js";
import type { Estimate } from "../stats/interval.js";
import { sideOf, usualSmallestEffect } from "../stats/side.js";

/** REST ÷ gRPC under one condition, by medians. */
export interface ConditionRatio {
  readonly ratio: Estimate | null;
  /** Why there is none, a sentence; "" where there is one. */
  readonly missing: string;
}

/** What one flip of a factor makes of REST ÷ gRPC. */
export interface Effect extends ConditionRatio {
  readonly factor: string;
  /** What was flipped to, a noun phrase that can follow "with". */
  readonly words: string;
  /** How many times the baseline's ratio it becomes. */
  readonly effect: Estimate | null;
  /** Whether the baseline was measured in the same blocks. */
  readonly sameBlocks: boolean;
  /** What keeps it from carrying a verdict alone, as a clause after "which"; "" for nothing. */
  readonly caution: string;
}

/** Two flips at once: how many times the effect of the one the other makes it. */
export interface Interaction extends ConditionRatio {
  readonly first: string;
  readonly second: string;
  readonly interaction: Estimate | null;
}

/** Which protocol's calls take less time under a condition. */
export type Faster = "REST" | "gRPC" | "neither" | "undecided";

/** Whose median call is shorter, beyond the smallest effect that counts. */
export function fasterOf(ratio: Estimate): Faster {
  const sides = { above: "gRPC", below: "REST", inside: "neither", across: "undecided" } as const;
  return sides[sideOf(ratio)];
}

/** What an effect is, in a word of a table: beyond the band that does not count, inside it, not to be seen, or too unsure. */
export type Change = "slows REST" | "slows gRPC" | "negligible" | "no change seen" | "unsure";

/** What an interval around an effect says of REST relative to gRPC. */
export function changeOf(effect: Estimate): Change {
  const side = sideOf(effect);
  if (side === "above") return "slows REST";
  if (side === "below") return "slows gRPC";
  if (side === "inside") return "negligible";
  return effect.low <= 1 && effect.high >= 1 ? "no change seen" : "unsure";
}

/** The same of a flip, in the words of a table: one that carries no verdict alone says so. */
export function changeWords({ effect, caution }: Pick<Effect, "effect" | "caution">): string | null {
  if (effect === null) return null;
  return caution === "" ? changeOf(effect) : `${changeOf(effect)}, no verdict alone`;
}

const band = sayPercent(usualSmallestEffect);

/**
 * An effect as a sentence, made from its interval.
 *
 * @example
 * sayEffect(effect, "REST"); // "With a round trip of 35 ms gRPC becomes 1.1 to 1.2 times as slow relative to REST; REST stays faster."
 */
export function sayEffect({ words, effect, ratio, missing, caution }: Effect, before: Faster): string {
  if (effect === null || ratio === null) return `With ${words} nothing was measured: ${missing}`;
  const careful = caution === "" ? "" : ` (in ${caution}, which carries no verdict alone)`;
  return `With ${words}${careful} ${sayChange(effect)}${sayTurn(before, fasterOf(ratio))}.`;
}

/** What an effect does, as the rest of a sentence. */
function sayChange(effect: Estimate): string {
  const { low, high } = effect;
  switch (changeOf(effect)) {
    case "slows REST":
      return `REST becomes ${sayTimes(effect)} as slow relative to gRPC`;
    case "slows gRPC":
      return `gRPC becomes ${sayTimes({ low: 1 / high, high: 1 / low })} as slow relative to REST`;
    case "negligible":
      return `REST ÷ gRPC changes by less than the ${band} that would count`;
    case "no change seen":
      return `no change can be told from none (REST ÷ gRPC becomes ${sayTimes(effect)} as large)`;
    case "unsure":
      return `REST ÷ gRPC becomes ${sayTimes(effect)} as large, which may be less than the ${band} that would count`;
  }
}

function sayTurn(before: Faster, after: Faster): string {
  const decided = (one: Faster) => one === "REST" || one === "gRPC";
  if (decided(before) && decided(after)) {
    return before === after ? `; ${after} stays faster` : `, and turns it round: ${after} is faster then`;
  }
  if (decided(after)) return `; ${after} is faster then`;
  return after === "neither" ? "; neither is faster then" : "; which is faster then is undecided";
}

/** An interaction as a sentence, made from its interval. */
export function sayInteraction({ first, second, interaction, missing }: Interaction): string {
  const both = `With both ${first} and ${second}`;
  if (interaction === null) return `${both} nothing was measured: ${missing}`;
  switch (changeOf(interaction)) {
    case "slows REST":
    case "slows gRPC":
      return `${both} REST ÷ gRPC becomes ${sayTimes(interaction)} what the product of the two effects would make it: neither does there what it does alone.`;
    case "negligible":
      return `${both} the two effects multiply, to within the ${band} that would count: each does what it does alone.`;
    case "no change seen":
    case "unsure":
      return `${both} it stays open whether each does what it does alone: REST ÷ gRPC comes to ${sayTimes(interaction)} the product of the two effects.`;
  }
}

/** The baseline's own ratio as a sentence. */
export function sayBaseline(ratio: Estimate): string {
  const faster = fasterOf(ratio);
  const end = {
    REST: "REST is faster",
    gRPC: "gRPC is faster",
    neither: "neither is faster by what would count",
    undecided: "which is faster is undecided",
  }[faster];
  return `At the baseline a call takes ${sayTimes(ratio)} as long over REST as over gRPC (median): ${end}.`;
}

/** Flips that decide which protocol is faster, and those that change nothing that counts, as two sentences at most. */
export function sayWhatDecides(effects: readonly Effect[], before: Faster): readonly string[] {
  const sound = effects.filter(({ caution }) => caution === "");
  const decided = sound.flatMap(({ words, ratio, effect }) =>
    ratio !== null && effect !== null && turns(before, fasterOf(ratio)) ? [words] : [],
  );
  const nothing = sound.flatMap(({ words, effect }) =>
    effect !== null && changeOf(effect) === "negligible" ? [words] : [],
  );
  return [
    ...(before !== "REST" && before !== "gRPC"
      ? []
      : decided.length === 0
        ? ["No single flip turns round which of the two is faster, beyond doubt."]
        : [`What alone turns round which of the two is faster: ${decided.join("; ")}.`]),
    ...(nothing.length === 0 ? [] : [`What changes next to nothing: ${nothing.join("; ")}.`]),
  ];
}

function turns(before: Faster, after: Faster): boolean {
  return (before === "REST" && after === "gRPC") || (before === "gRPC" && after === "REST");
}
