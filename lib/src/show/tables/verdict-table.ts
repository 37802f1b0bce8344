import { kindOfStack, type StackKind } from "../../verdicts/stack.js";
import type { Direction, Size, Verdict } from "../../verdicts/types.js";
import { showable } from "../display.js";
import { type Hole, html, jsonScript } from "../html.js";
import { styleTag } from "../style.js";
import { formatCount, formatRatio, formatRatioInterval } from "../words/number.js";
import { tableMarkup, tableText } from "./table.js";

/** Verdicts that show themselves as a table. */
export interface VerdictTable {
  readonly kind: "verdicts";
  readonly verdicts: readonly Verdict[];
}

const DIRECTION_WORDS: Readonly<Record<Direction, string>> = {
  holds: "holds",
  opposite: "the opposite holds",
  negligible: "too small to matter",
  undecided: "undecided",
  "not testable here": "not testable here",
};

const SIZE_WORDS: Readonly<Record<Size, string>> = {
  agrees: "about as large as published",
  smaller: "smaller than published",
  larger: "larger than published",
};

/**
 * Verdicts as a table that shows itself; the HTML also carries them as JSON in `script[data-wirelab=verdicts]`.
 *
 * @example
 * verdictTable(ledger)
 */
export function verdictTable(verdicts: readonly Verdict[]): VerdictTable {
  return showable(
    { kind: "verdicts", verdicts },
    { html: () => verdictTableHtml(verdicts), text: () => verdictTableText(verdicts) },
  );
}

/**
 * Verdicts as HTML: a row a claim and what its verdicts hold under, with a column for what the post's own stack said here, where it was
 * measured, and one for this project's; in each direction and size in words, the ratio with its interval, what it rests on.
 */
export function verdictTableHtml(verdicts: readonly Verdict[]): string {
  const stacks = STACKS.filter(
    ({ kind }) => kind === "ported" || verdicts.some(({ stack }) => kindOfStack(stack) === kind),
  );
  const columns = [
    { heading: "claim", numeric: false },
    { heading: "published", numeric: true },
    ...stacks.map(({ heading }) => ({ heading, numeric: false })),
  ];
  const rows = rowsOf(verdicts).map((row) => [
    ...claimCells(row),
    ...stacks.map(({ kind }) => measuredCell(row.of[kind], row.shared)),
  ]);
  const caption = "What the posts claim, and what this machine says; ratios are first arm ÷ second arm";
  return html`<div class="wirelab">${styleTag()}${tableMarkup(caption, columns, rows)}
${jsonScript(verdicts, { "data-wirelab": "verdicts" })}</div>`.markup;
}

/** How large a difference came out beside the published one, in words. */
export function sizeWords(size: Size): string {
  return SIZE_WORDS[size];
}

/** A direction as it stands in a table or beside a mark. */
export function directionWords(direction: Direction): string {
  return DIRECTION_WORDS[direction];
}

/** Where a verdict comes from, in the order of the columns; one without a run stands with ours. */
const STACKS: readonly { readonly kind: StackKind; readonly heading: string }[] = [
  { kind: "replicated", heading: "replicated: the post's stack here" },
  { kind: "ported", heading: "ported: Express and grpc-js here" },
];

/** A row of the table: verdicts of one claim on the same arms, at most one of each stack. */
interface Row {
  readonly of: Partial<Record<StackKind, Verdict>>;
  /** What all of them hold under. */
  readonly shared: readonly string[];
}

/** The first verdict of a claim on one stack stands beside the first on the other, the second beside the second. */
function rowsOf(verdicts: readonly Verdict[]): readonly Row[] {
  const places = new Map<string, Partial<Record<StackKind, Verdict>>>();
  for (const verdict of verdicts) {
    const kind = kindOfStack(verdict.stack);
    for (let nth = 0; ; nth++) {
      const key = JSON.stringify([verdict.claim, verdict.first, verdict.second, nth]);
      const place = places.get(key) ?? {};
      if (place[kind] !== undefined) continue;
      places.set(key, { ...place, [kind]: verdict });
      break;
    }
  }
  return [...places.values()].map((of) => ({ of, shared: sharedClauses(Object.values(of)) }));
}

function clausesOf({ conditions }: Verdict): readonly string[] {
  return conditions.split("; ").filter((clause) => clause !== "");
}

function sharedClauses(verdicts: readonly Verdict[]): readonly string[] {
  const all = verdicts.map(clausesOf);
  return (all[0] ?? []).filter((clause) => all.every((clauses) => clauses.includes(clause)));
}

function claimCells({ of, shared }: Row): readonly Hole[] {
  const { statement, post, published } = Object.values(of)[0] as Verdict;
  const under = [`post ${post}`, ...shared].join("; ");
  return [html`<div class="sentence">${statement}<small>${under}</small></div>`, formatRatio(published)];
}

function measuredCell(verdict: Verdict | undefined, shared: readonly string[]): Hole {
  if (verdict === undefined) return null;
  const own = clausesOf(verdict).filter((clause) => !shared.includes(clause));
  const when = own.length === 0 ? null : html`<small>when ${own.join("; ")}</small>`;
  const { direction, size, ratio, stack, missing } = verdict;
  const sized = size === null ? null : html`<small>${sizeWords(size)}</small>`;
  const measured = ratio === null ? null : html` ${formatRatio(ratio)}${intervalNote(verdict)}`;
  const needed = missing === null ? null : html`<small>needs ${missing}</small>`;
  const from = ratio === null ? null : html`<small>${stack.replace(/^\w+: /, "")}; ${basis(verdict)}</small>`;
  return html`<div class="sentence"><b>${DIRECTION_WORDS[direction]}</b>${measured}${sized}${needed}${when}${from}</div>`;
}

function intervalNote({ low, high }: Verdict): Hole {
  return low === null || high === null ? null : html`<small>${formatRatioInterval({ low, high })}</small>`;
}

function basis({ calls, scope, run }: Verdict): string {
  const parts = [calls === null ? null : `${formatCount(calls)} calls`, scope, run];
  return parts.filter((part) => part !== null && part !== "").join("; ");
}

function verdictTableText(verdicts: readonly Verdict[]): string {
  return tableText({
    columns: [
      { name: "claim", kind: "text" },
      { name: "published", kind: "ratio" },
      { name: "measured here", kind: "ratio" },
      { name: "direction", kind: "text" },
      { name: "size", kind: "text" },
    ],
    rows: verdicts.map(({ statement, published, ratio, direction, size }) => [
      statement,
      published,
      ratio,
      DIRECTION_WORDS[direction],
      size === null ? "" : sizeWords(size),
    ]),
  });
}
