import { kindOfStack } from "./stack.js";
import type { Direction, Verdict } from "./types.js";

/** Whose stack a number of the ledger comes from: the post's own, or this project's. */
export type ClaimStack = "replicated" | "ported";

/** Everything that is known of one claim. */
export interface ClaimRow {
  readonly claim: string;
  /** What speaks on the claim itself, on each stack; null where nothing does. */
  readonly replicated: Verdict | null;
  readonly ported: Verdict | null;
  /** On other arms and under other conditions. */
  readonly others: readonly Verdict[];
}

/**
 * Verdicts as a row a claim, in their order. On either stack the first that was tested speaks for the claim: verdicts begin with
 * the arms that the claim names, and with the run that was made for it.
 */
export function claimRows(verdicts: readonly Verdict[]): readonly ClaimRow[] {
  return [...byClaim(verdicts)].map(([claim, all]) => {
    const [replicated, ported] = [speakingOn("replicated", all), speakingOn("ported", all)];
    const others = all.filter((verdict) => verdict !== replicated && verdict !== ported);
    return { claim, replicated, ported, others };
  });
}

/** Verdicts by the claim that they are of. */
export function byClaim(verdicts: readonly Verdict[]): ReadonlyMap<string, readonly Verdict[]> {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const group = groups.get(verdict.claim);
    if (group) group.push(verdict);
    else groups.set(verdict.claim, [verdict]);
  }
  return groups;
}

/** All verdicts of a row, those that speak on the claim itself first. */
export function verdictsOf({ replicated, ported, others }: ClaimRow): readonly Verdict[] {
  return [replicated, ported, ...others].filter((verdict) => verdict !== null);
}

/** Those that something was measured for; all, where nothing was for any. */
export function testedOf(verdicts: readonly Verdict[]): readonly Verdict[] {
  const tested = verdicts.filter(({ direction }) => direction !== "not testable here");
  return tested.length > 0 ? tested : verdicts;
}

/** The stack that a verdict stands under; one without a run stands with ours. */
function claimStackOf({ stack }: Verdict): ClaimStack {
  return kindOfStack(stack) === "replicated" ? "replicated" : "ported";
}

/** Directions of a row's others that neither of the two that speak on the claim has. */
export function otherDirections(row: ClaimRow): readonly Direction[] {
  const shown = [row.replicated, row.ported].flatMap((verdict) => verdict?.direction ?? []);
  const others = row.others.map(({ direction }) => direction);
  return [...new Set(others)].filter((one) => one !== "not testable here" && !shown.includes(one));
}

function speakingOn(stack: ClaimStack, verdicts: readonly Verdict[]): Verdict | null {
  return testedOf(verdicts.filter((verdict) => claimStackOf(verdict) === stack))[0] ?? null;
}
