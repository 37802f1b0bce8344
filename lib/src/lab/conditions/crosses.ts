import { sharesProcess } from "../../hosts/host.js";
import type { Estimate } from "../../stats/interval.js";
import { changeOf } from "../../verdicts/effects.js";
import type { DesignCell } from "../design.js";
import type { Effort } from "../effort.js";
import { baseline, type Condition, cellOf, shareRun } from "./condition.js";
import type { Level } from "./factors.js";

/** A flip that was measured. */
export interface Flip {
  readonly factor: string;
  readonly level: Level;
  readonly condition: Condition;
  readonly effect: Estimate | null;
}

/** Two flips of different factors, crossed in full. */
export interface Cross {
  readonly first: Flip;
  readonly second: Flip;
  readonly both: Condition;
}

/**
 * The pairs of factors that matter most: of each factor its largest effect that can be told from none, the largest first.
 * Flips that change the same thing cannot be crossed, and a host that carries no verdict is left alone.
 */
export function crossesOf(flips: readonly Flip[], most: number): readonly Cross[] {
  const strong = flips.filter(
    ({ effect, condition }) => effect !== null && isSeen(effect) && !sharesProcess(condition.host),
  );
  const sorted = strong.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  const ofFactors = sorted.filter(
    ({ factor }, i) => sorted.findIndex((other) => other.factor === factor) === i,
  );
  const pairs = ofFactors.flatMap((second, i) => ofFactors.slice(0, i).map((first) => ({ first, second })));
  return pairs
    .filter(({ first, second }) => !overlap(first.level, second.level))
    .slice(0, most)
    .map(({ first, second }) => ({
      first,
      second,
      both: { ...baseline, ...first.level.change, ...second.level.change },
    }));
}

function isSeen(effect: Estimate): boolean {
  const change = changeOf(effect);
  return change === "slows REST" || change === "slows gRPC";
}

function sizeOf({ effect }: Flip): number {
  return effect === null ? 0 : Math.abs(Math.log(effect.value));
}

function overlap(one: Level, other: Level): boolean {
  return Object.keys(one.change).some((key) => key in other.change);
}

/** The run of a cross: both flips at once, and in the same blocks whatever else of the four conditions fits into it. */
export function cellOfCross({ first, second, both }: Cross, name: string, effort: Effort) {
  const beside = [first.condition, second.condition, baseline].filter((one) => shareRun(one, both));
  const cell: DesignCell = cellOf(
    `${name}-${first.level.name}-${second.level.name}`,
    [both, ...beside],
    effort,
  );
  return { cell, conditions: [both, ...beside] };
}
