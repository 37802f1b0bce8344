import {
  type ClaimRow,
  type ClaimStack,
  claimRows,
  otherDirections,
  testedOf,
} from "../../verdicts/claim-row.js";
import type { ClaimMetric, Verdict } from "../../verdicts/types.js";
import { sayArm } from "../../verdicts/words/words.js";
import { directionWords } from "../tables/verdict-table.js";

/** What a number of the ledger comes from: the post, its own stack run here, or the same experiment on ours. */
export type LedgerKind = "published" | ClaimStack;

/** One mark of a row, at its place on an axis on which more than 1 means that the second arm does better. */
export interface LedgerMark {
  readonly kind: LedgerKind;
  readonly at: number;
  readonly low: number;
  readonly high: number;
  /** The ratio as it is published or measured, first ÷ second; for a count or a rate `at` is its inverse. */
  readonly ratio: number;
  /** What was divided by what: one stack may lack an arm that the other has. */
  readonly arms: string;
  /** In words; "" for what is published. */
  readonly verdict: string;
}

/** One claim, with what speaks on it most directly. */
export interface LedgerRow {
  readonly statement: string;
  readonly post: string;
  readonly arms: string;
  readonly first: string;
  readonly second: string;
  readonly inverted: boolean;
  readonly marks: readonly LedgerMark[];
  /** The verdict, or one for each stack where they differ, and whether other conditions have others. */
  readonly words: string;
  readonly smallestEffect: number;
}

/** Of these a larger number is better, so a ratio above 1 speaks for the first arm. */
const MORE_IS_BETTER: readonly ClaimMetric[] = ["count", "rate"];

/** A row a claim, in the order of the verdicts; a claim without any ratio has none. */
export function ledgerRows(verdicts: readonly Verdict[]): readonly LedgerRow[] {
  return claimRows(verdicts)
    .map(rowOf)
    .filter(({ marks }) => marks.length > 0);
}

function rowOf(row: ClaimRow): LedgerRow {
  const shown = [row.replicated, row.ported].filter((verdict) => verdict !== null);
  // On this project's stack a claim has the arms that it names, wherever it was tested.
  const named = (row.ported ?? row.replicated) as Verdict;
  const inverted = MORE_IS_BETTER.includes(named.metric);
  return {
    statement: named.statement,
    post: named.post,
    arms: armWords(named),
    first: named.first,
    second: named.second,
    inverted,
    marks: [
      ...publishedMark(named, inverted),
      ...shown.flatMap((verdict) => measuredMark(verdict, row, inverted)),
    ],
    words: rowWords(row, shown),
    smallestEffect: named.smallestEffect,
  };
}

function publishedMark(verdict: Verdict, inverted: boolean): LedgerMark[] {
  const { published } = verdict;
  if (published === null || published <= 0) return [];
  const at = inverted ? 1 / published : published;
  return [
    { kind: "published", at, low: at, high: at, ratio: published, arms: armWords(verdict), verdict: "" },
  ];
}

function measuredMark(verdict: Verdict, row: ClaimRow, inverted: boolean): LedgerMark[] {
  const { ratio, low, high } = verdict;
  if (ratio === null || low === null || high === null || low <= 0) return [];
  const place = inverted ? { at: 1 / ratio, low: 1 / high, high: 1 / low } : { at: ratio, low, high };
  const kind = verdict === row.replicated ? "replicated" : "ported";
  return [{ kind, ...place, ratio, arms: armWords(verdict), verdict: directionWords(verdict.direction) }];
}

function rowWords(row: ClaimRow, shown: readonly Verdict[]): string {
  const tested = testedOf(shown);
  const words = new Set(tested.map(({ direction }) => directionWords(direction)));
  const said =
    words.size === 1
      ? [...words]
      : tested.map((verdict) => {
          const kind = verdict === row.replicated ? "replicated" : "ported";
          return `${kind}: ${directionWords(verdict.direction)}`;
        });
  return [...said, ...(otherDirections(row).length > 0 ? ["differs by condition"] : [])].join("; ");
}

function armWords({ first, second }: Verdict): string {
  const name = (arm: string): string => sayArm(arm).replace(/^the /, "");
  // "gRPC" begins a sentence as it is.
  const begun = name(first).replace(/^[a-z](?![A-Z])/, (letter) => letter.toUpperCase());
  return `${begun} ÷ ${name(second)}`;
}
