import type { Estimate } from "../../stats/interval.js";
import { type Hole, html, type Markup } from "../html.js";
import {
  formatBytes,
  formatCount,
  formatDifference,
  formatDuration,
  formatNumber,
  formatRatio,
  formatShare,
} from "../words/number.js";

/** What the values of a column mean, which decides how they are written. Durations are in ms, moments in s. */
export type ColumnKind =
  | "text"
  | "duration"
  | "difference"
  | "moment"
  | "ratio"
  | "count"
  | "number"
  | "share"
  | "bytes";

/** One column of a table that people read. */
export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
}

export type Cell = string | number | null;

/** An estimate as three cells: its value and the ends of its interval, all null where there is none. */
export function estimateCells(estimate: Estimate | null): Cell[] {
  return estimate === null ? [null, null, null] : [estimate.value, estimate.low, estimate.high];
}

/** Values with what they mean: written for people in HTML and text, handed on raw in a download. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Units of the raw values, as a download's header names them. */
const RAW_UNITS: Readonly<Record<ColumnKind, string>> = {
  text: "",
  duration: " (ms)",
  difference: " (ms)",
  moment: " (s)",
  ratio: "",
  count: "",
  number: "",
  share: " (of 1)",
  bytes: " (bytes)",
};

/** Heading of a column for machines, with the unit of its raw values: `median (ms)`. */
export function rawHeading(column: Column): string {
  return column.name + RAW_UNITS[column.kind];
}

/** Writes one value as its column wants it read; null is a dash. */
export function formatCell(value: Cell, kind: ColumnKind): string {
  if (typeof value === "string") return value;
  switch (kind) {
    case "duration":
      return formatDuration(value);
    case "difference":
      return formatDifference(value);
    case "moment":
      return value === null ? formatNumber(null) : formatDuration(value * 1000);
    case "ratio":
      return formatRatio(value);
    case "count":
      return formatCount(value);
    case "share":
      return formatShare(value);
    case "bytes":
      return formatBytes(value);
    default:
      return formatNumber(value);
  }
}

/** A table as accessible HTML: caption, column and row headers, numbers to the right, reachable when it scrolls. */
export function tableHtml(table: Table, caption: string): Markup {
  return tableMarkup(
    caption,
    table.columns.map((column) => ({ heading: column.name, numeric: column.kind !== "text" })),
    table.rows.map((row) => row.map((cell, index) => formatCell(cell, table.columns[index]?.kind ?? "text"))),
  );
}

/** The same with cells of any markup; the first cell of a row is its header. */
export function tableMarkup(
  caption: string,
  columns: readonly { readonly heading: string; readonly numeric: boolean }[],
  rows: readonly (readonly Hole[])[],
): Markup {
  const className = (index: number): string => (columns[index]?.numeric ? "number" : "text");
  const cell = (content: Hole, index: number): Markup =>
    index === 0
      ? html`<th scope="row" class="${className(index)}">${roomy(content)}</th>`
      : html`<td class="${className(index)}">${roomy(content)}</td>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}"><table><caption><span>${caption}</span></caption>
<thead><tr>${columns.map((column, index) => html`<th scope="col" class="${className(index)}">${column.heading}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>\n`)}</tbody></table></div>`;
}

/** A column of prose beside others would shrink to its longest word on a phone, and its rows grow as high as a page. */
function roomy(content: Hole): Hole {
  return typeof content === "string" && content.length > 40
    ? html`<div class="sentence">${content}</div>`
    : content;
}

/** A table as aligned plain text, for terminals. */
export function tableText(table: Table): string {
  const lines = [
    table.columns.map((column) => column.name),
    ...table.rows.map((row) => row.map((cell, i) => formatCell(cell, table.columns[i]?.kind ?? "text"))),
  ];
  const widths = table.columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const pad = (text: string, i: number): string =>
    table.columns[i]?.kind === "text" ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0);
  return lines.map((line) => line.map(pad).join("  ").trimEnd()).join("\n");
}
