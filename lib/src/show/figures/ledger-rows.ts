import { differences } from "../../verdicts/conditions.js";
import type { ClaimMetric, Verdict } from "../../verdicts/types.js";
import { sayArm } from "../../verdicts/words.js";
import { directionWords } from "../verdict-table.js";

/** What a number of the ledger comes from: the post, its own stack run here, or the same experiment on ours. */
export type LedgerKind = "published" | "replicated" | "ported";

/** One mark of a row, at its place on an axis on which more than 1 means that the second arm does better. */
export interface LedgerMark {
  readonly kind: LedgerKind;
  readonly at: number;
  readonly low: number;
  readonly high: number;
  /** The ratio as it is published or measured, first ÷ second; for a count or a rate `at` is its inverse. */
  readonly ratio: number;
}

/** One claim about two arms, with everything that is known of its ratio. */
export interface LedgerRow {
  readonly statement: string;
  readonly arms: string;
  readonly first: string;
  readonly second: string;
  readonly inverted: boolean;
  readonly marks: readonly LedgerMark[];
  /** The verdict, or one for each kind where they differ. */
  readonly words: string;
  readonly smallestEffect: number;
}

/** Of these a larger number is better, so a ratio above 1 speaks for the first arm. */
const MORE_IS_BETTER: readonly ClaimMetric[] = ["count", "rate"];

/** Verdicts by claim and arms, in their order, and by conditions where those differ; a claim without any ratio has no row. */
export function ledgerRows(verdicts: readonly Verdict[]): readonly LedgerRow[] {
  const groups = groupBy(verdicts, ({ claim, first, second }) => JSON.stringify([claim, first, second]));
  return groups.flatMap(splitByConditions).flatMap(({ group, when }) => {
    const row = rowOf(group, when);
    return row === null || row.marks.length === 0 ? [] : [row];
  });
}

function groupBy(verdicts: readonly Verdict[], keyOf: (verdict: Verdict) => string): Verdict[][] {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const key = keyOf(verdict);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [verdict]);
    else group.push(verdict);
  }
  return [...groups.values()];
}

/** Marks of one kind would lie on each other, so each condition that a kind was measured under gets a row. */
function splitByConditions(group: readonly Verdict[]): { group: readonly Verdict[]; when: string }[] {
  const kinds = new Set(group.map(kindOf));
  if (kinds.size === group.length) return [{ group, when: "" }];
  const clauses = differences(group);
  const rows = groupBy(group, ({ conditions }) => conditions);
  return rows.map((row) => ({ group: row, when: `, ${clauses[group.indexOf(row[0] as Verdict)]}` }));
}

function rowOf(group: readonly Verdict[], when: string): LedgerRow | null {
  const [one] = group;
  if (one === undefined) return null;
  const inverted = MORE_IS_BETTER.includes(one.metric);
  return {
    statement: one.statement,
    arms: `${armWords(one)}${when}`,
    first: one.first,
    second: one.second,
    inverted,
    marks: [...publishedMark(one, inverted), ...group.flatMap((verdict) => measuredMark(verdict, inverted))],
    words: groupWords(group),
    smallestEffect: one.smallestEffect,
  };
}

function publishedMark({ published }: Verdict, inverted: boolean): LedgerMark[] {
  if (published === null || published <= 0) return [];
  const at = inverted ? 1 / published : published;
  return [{ kind: "published", at, low: at, high: at, ratio: published }];
}

function measuredMark(verdict: Verdict, inverted: boolean): LedgerMark[] {
  const { ratio, low, high } = verdict;
  if (ratio === null || low === null || high === null || low <= 0) return [];
  const place = inverted ? { at: 1 / ratio, low: 1 / high, high: 1 / low } : { at: ratio, low, high };
  return [{ kind: kindOf(verdict), ...place, ratio }];
}

function kindOf({ stack }: Verdict): LedgerKind {
  return stack.startsWith("replicated") ? "replicated" : "ported";
}

function groupWords(group: readonly Verdict[]): string {
  const tested = group.filter(({ ratio }) => ratio !== null);
  const speaking = tested.length > 0 ? tested : group.slice(0, 1);
  const words = new Set(speaking.map(({ direction }) => directionWords(direction)));
  if (words.size === 1) return [...words].join();
  return speaking.map((verdict) => `${kindOf(verdict)}: ${directionWords(verdict.direction)}`).join("; ");
}

function armWords({ first, second }: Verdict): string {
  const name = (arm: string): string => sayArm(arm).replace(/^the /, "");
  // "gRPC" begins a sentence as it is.
  const begun = name(first).replace(/^[a-z](?![A-Z])/, (letter) => letter.toUpperCase());
  return `${begun} ÷ ${name(second)}`;
}
