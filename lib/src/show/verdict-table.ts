import type { Direction, Finding, Size, Verdict } from "../verdicts/types.js";
import { showable } from "./display.js";
import { type Hole, html, jsonScript } from "./html.js";
import { formatCount, formatRatio, formatRatioInterval } from "./number.js";
import { styleTag } from "./style.js";
import { tableMarkup, tableText } from "./table.js";

/** Verdicts that show themselves as a table. */
export interface VerdictTable {
  readonly kind: "verdicts";
  readonly verdicts: readonly Verdict[];
}

/** Findings of an audit that show themselves as a table. */
export interface FindingTable {
  readonly kind: "findings";
  readonly findings: readonly Finding[];
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

/** Verdicts as HTML: the claim, both ratios with the interval, direction and size in words, what it rests on. */
export function verdictTableHtml(verdicts: readonly Verdict[]): string {
  const columns = [
    { heading: "claim", numeric: false },
    { heading: "published", numeric: true },
    { heading: "measured here", numeric: true },
    { heading: "direction", numeric: false },
    { heading: "size", numeric: false },
    { heading: "rests on", numeric: false },
  ];
  const caption = "What the posts claim, and what this machine says; ratios are first arm ÷ second arm";
  return html`<div class="wirelab">${styleTag()}${tableMarkup(caption, columns, verdicts.map(verdictCells))}
${jsonScript(verdicts, { "data-wirelab": "verdicts" })}</div>`.markup;
}

/** Findings of an audit as a table that shows itself; also as JSON in `script[data-wirelab=findings]`. */
export function findingTable(findings: readonly Finding[]): FindingTable {
  return showable(
    { kind: "findings", findings },
    { html: () => findingTableHtml(findings), text: () => findingTableText(findings) },
  );
}

/** Findings as HTML: what is printed, what was found, and how strong that is. */
export function findingTableHtml(findings: readonly Finding[]): string {
  const columns = ["printed in the post", "found", "strength", "post"].map((heading) => ({
    heading,
    numeric: false,
  }));
  const rows = findings.map(({ printed, found, strength, post }) => [
    html`<div class="sentence">${printed}</div>`,
    html`<div class="sentence">${found}</div>`,
    strength,
    post,
  ]);
  const caption = "Published numbers held against their own text and against arithmetic";
  return html`<div class="wirelab">${styleTag()}${tableMarkup(caption, columns, rows)}
${jsonScript(findings, { "data-wirelab": "findings" })}</div>`.markup;
}

/** How large a difference came out beside the published one, in words. */
export function sizeWords(size: Size): string {
  return SIZE_WORDS[size];
}

/** A direction as it stands in a table or beside a mark. */
export function directionWords(direction: Direction): string {
  return DIRECTION_WORDS[direction];
}

function verdictCells(verdict: Verdict): readonly Hole[] {
  return [
    html`<div class="sentence">${verdict.statement}<small>post ${verdict.post}; ${verdict.conditions}</small></div>`,
    formatRatio(verdict.published),
    html`${formatRatio(verdict.ratio)}${intervalNote(verdict)}`,
    html`<b>${DIRECTION_WORDS[verdict.direction]}</b>`,
    verdict.size === null ? "" : sizeWords(verdict.size),
    html`${verdict.stack}<small>${basis(verdict)}</small>`,
  ];
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

function findingTableText(findings: readonly Finding[]): string {
  return findings
    .map(({ post, strength, printed, found }) => `${post}, ${strength}: ${printed} — ${found}`)
    .join("\n");
}
