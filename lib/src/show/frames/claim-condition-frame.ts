import type { DataFrame } from "danfojs-node";
import type { Scope } from "../../stats/scope.js";
import { type ClaimCondition, holdsWith, sayFlips, sayOwnFlips } from "../../verdicts/claim-conditions.js";
import { makeFrame } from "./frame.js";

/** What is said around the table. */
interface ClaimConditionWords {
  /** Claims on which flips cannot speak. */
  readonly unspoken: number;
  /** For what flips stand that are not quite the same, a sentence or "". */
  readonly standIns: string;
  readonly scope: Scope;
}

/**
 * A row a claim: what is published, the least that makes it hold, and what comes of what its post had.
 *
 * @example
 * claimConditionFrame(claimConditions(loadClaims(), loadSettings(), found), { unspoken: 28, standIns: "", scope: "these processes only" })
 */
export function claimConditionFrame(
  conditions: readonly ClaimCondition[],
  { unspoken, standIns, scope }: ClaimConditionWords,
): DataFrame {
  const rows = conditions.map((one) => {
    const { claim, notFlipped } = one;
    return [
      ...[claim.statement, claim.post, claim.ratio, holdsWith(one)],
      ...[sayOwnFlips(one), notFlipped.join("; ")],
    ];
  });
  const [any] = conditions;
  return makeFrame(columns, rows, {
    caption:
      "Under which condition each claim holds: what its post prints, the least that makes it hold here, and what comes of what its post had",
    notes: [
      ...(any === undefined ? [] : [sayFlips(any)]),
      "Flips are of the work payload and by medians, so they speak of a claim's direction and not of its size.",
      ...(standIns === "" ? [] : [standIns]),
      `On the other ${unspoken} claims no flip speaks: they compare something else than how long a usual call takes over REST and over unary gRPC.`,
      `In ${scope}.`,
    ],
  });
}

const columns = ["statement", "post", "publishedRatio", "holdsWith", "ofPost", "notFlipped"];
