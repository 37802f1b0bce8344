import type { Comparison } from "../analysis/types.js";
import { WirelabError } from "../errors.js";
import { type HostKind, sharesProcess } from "../hosts/host.js";
import { isVast } from "../stats/interval.js";
import { pairsForScope } from "../stats/scope.js";
import { sideOf, usualSmallestEffect } from "../stats/side.js";
import { contradictsItself } from "./published/claims.js";
import type { Claim, Direction, Size, Verdict } from "./types.js";

/** A published ratio this far outside the interval still agrees with it: another machine, other versions. */
const sizeTolerance = 1.5;

/** What surrounds a comparison when it is judged. */
export interface JudgeOptions {
  /** The relative difference that is too small to count, declared before measuring; default 0.05. */
  readonly smallestEffect?: number;
  /** What was measured, e.g. `ported: Express 5.3.0, @grpc/grpc-js 1.14.7`. */
  readonly stack: string;
  /** Where the servers ran; one in the client's own process carries no verdict. */
  readonly host: HostKind;
  /** Clauses joined by `; `, each of which can follow "when": `client and server share a machine`. */
  readonly conditions: string;
  /** What it would take to test the claim, as a noun phrase, for where there is nothing to compare. */
  readonly missing?: string;
}

/**
 * Says what a measured comparison means for a published claim.
 *
 * Direction, with e the smallest effect: *negligible* (for an "about one" claim *holds*) when the whole interval lies
 * within [1/(1+e), 1+e]; *holds* or *opposite* when all of it lies beyond that band on one side (for an "about one"
 * claim *opposite*, on either side); *undecided* when it reaches across an edge of the band; *not testable here*
 * without a comparison, or when client and server shared a process.
 *
 * Size, for *holds* and *negligible*: *agrees* when the published ratio is within a factor 1.5 of the interval. Else
 * the effects are compared as logarithms in the direction that the post claims, so that 0.1 is as large as 10:
 * *smaller* when the measured effect is the smaller one, *larger* when it is the larger. Null for every other
 * direction, for there is no effect of the same sign to compare; null without a published ratio, where that ratio contradicts
 * the post's own sentence, and where the interval is so wide that its digits say nothing.
 *
 * @throws WirelabError `usage` when the comparison is of other arms or another metric than the claim, or the smallest
 *   effect is not above zero; `not-enough-data` when its interval is not one of positive numbers.
 * @example
 * judge(claim, comparison, { stack: "ported", host: "child", conditions: "client and server share a machine" });
 */
export function judge(claim: Claim, comparison: Comparison | null, options: JudgeOptions): Verdict {
  const smallestEffect = options.smallestEffect ?? usualSmallestEffect;
  if (!(smallestEffect > 0 && smallestEffect < Infinity)) {
    throw new WirelabError(
      "usage",
      `A smallest effect of ${smallestEffect} cannot be judged by; give one above 0.`,
    );
  }
  const common = {
    claim: claim.id,
    post: claim.post,
    statement: claim.statement,
    metric: claim.metric,
    first: claim.first,
    second: claim.second,
    claimed: claim.direction,
    stack: options.stack,
    published: claim.ratio,
    conditions: options.conditions,
    smallestEffect,
  };
  if (comparison === null) {
    const missing =
      options.missing ?? `a run that compares ${claim.first} with ${claim.second} by ${claim.metric}`;
    return { ...common, ...nothingMeasured, missing };
  }
  requireSameQuestion(claim, comparison);
  const { value, low, high } = comparison.ratio;
  const alone = sharesProcess(options.host);
  const direction = alone ? "not testable here" : directionOf(claim.direction, low, high, smallestEffect);
  return {
    ...common,
    direction,
    size: sizeOf(claim, direction, low, high),
    ratio: value,
    low,
    high,
    calls: comparison.calls,
    scope: comparison.pairs < pairsForScope ? "these processes only" : comparison.scope,
    run: comparison.run,
    missing: alone ? "a server in a process of its own" : null,
  };
}

const nothingMeasured = {
  direction: "not testable here",
  size: null,
  ratio: null,
  low: null,
  high: null,
  calls: null,
  scope: "nothing measured",
  run: null,
} as const;

function requireSameQuestion(claim: Claim, comparison: Comparison): void {
  const asked = `${claim.first} ÷ ${claim.second} by ${claim.metric}`;
  const given = `${comparison.first} ÷ ${comparison.second} by ${comparison.metric}`;
  if (asked !== given) {
    throw new WirelabError("usage", `Claim ${claim.id} is about ${asked}; it cannot be judged by ${given}.`);
  }
  const { value, low, high } = comparison.ratio;
  if (!(low > 0 && low <= high && high < Infinity && value > 0 && value < Infinity)) {
    throw new WirelabError(
      "not-enough-data",
      `Claim ${claim.id}: ${given} came out as ${value} (${low} to ${high}), which is no ratio; measure more blocks.`,
    );
  }
}

function directionOf(
  claimed: Claim["direction"],
  low: number,
  high: number,
  smallestEffect: number,
): Direction {
  const side = sideOf({ low, high }, smallestEffect);
  if (side === "inside") return claimed === "about one" ? "holds" : "negligible";
  if (side === "across") return "undecided";
  return `${side} one` === claimed ? "holds" : "opposite";
}

function sizeOf(claim: Claim, direction: Direction, low: number, high: number): Size | null {
  if (claim.ratio === null || contradictsItself(claim)) return null;
  // Any size would agree with that.
  if (isVast({ low, high })) return null;
  if (direction !== "holds" && direction !== "negligible") return null;
  if (claim.ratio >= low / sizeTolerance && claim.ratio <= high * sizeTolerance) return "agrees";
  const measuredBelow = claim.ratio > high;
  const effectGrowsDownward =
    claim.direction === "below one" || (claim.direction === "about one" && claim.ratio < 1);
  return measuredBelow === effectGrowsDownward ? "larger" : "smaller";
}
