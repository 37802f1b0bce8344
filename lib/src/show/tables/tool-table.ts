import type { ToolNumber } from "../../record/tools/call.js";
import type { ToolNumbers } from "../../record/tools/read-table.js";
import { showable } from "../display.js";
import { harmless } from "../harmless.js";
import { html } from "../html.js";
import { styleTag } from "../style.js";
import { tableMarkup, tableText } from "./table.js";

/**
 * Numbers of another tool that show themselves as a table.
 *
 * @example
 * const { numbers } = (await lab.read("stats.csv")) as lab.ToolTable;
 */
export interface ToolTable extends ToolNumbers {
  readonly kind: "table";
}

/** More rows are a series, which nobody reads as a table. */
const mostRows = 200;

/** What a tool printed as a table that shows itself: a row an arm, and nothing in it that the tool did not print. */
export function toolTable(numbers: ToolNumbers): ToolTable {
  return showable(
    { kind: "table", ...numbers },
    { html: () => toolTableHtml(numbers), text: () => toolTableText(numbers) },
  );
}

function toolTableHtml(numbers: ToolNumbers): string {
  const { headings, rows } = pivoted(numbers.numbers);
  const columns = headings.map((heading, i) => ({
    heading,
    numeric: i > 0 && rows.some((row) => /^\d/.test(row[i] ?? "")),
  }));
  return html`<div class="wirelab">${styleTag()}${tableMarkup(captionOf(numbers), columns, rows)}
${notesOf(numbers, rows.length).map((note) => html`<p class="note">${note}</p>`)}</div>`.markup;
}

function toolTableText(numbers: ToolNumbers): string {
  const { headings, rows } = pivoted(numbers.numbers);
  const columns = headings.map((name) => ({ name, kind: "text" as const }));
  const table = tableText({ columns, rows: rows.map((row) => row.map(harmless)) });
  return [`${harmless(captionOf(numbers))}`, table, ...notesOf(numbers, rows.length)].join("\n");
}

function captionOf({ file, tool, format }: ToolNumbers): string {
  return `What ${tool} printed in ${file} (${format}); no interval can be made of it`;
}

function notesOf({ notes, numbers }: ToolNumbers, shown: number): readonly string[] {
  const all = new Set(numbers.map(rowKey)).size;
  return shown < all ? [...notes, `Here are the first ${shown} of ${all} rows.`] : notes;
}

function rowKey({ arm, condition }: ToolNumber): string {
  return JSON.stringify([arm, condition]);
}

/** A row an arm and condition, a column a metric and unit. */
function pivoted(numbers: readonly ToolNumber[]): {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const headingOf = ({ metric, unit }: ToolNumber) => `${metric} (${unit})`;
  const metrics = [...new Set(numbers.map(headingOf))];
  const conditioned = numbers.some(({ condition }) => condition !== "");
  const rows = new Map<string, { readonly first: ToolNumber; readonly cells: Map<string, string> }>();
  for (const number of numbers) {
    const key = rowKey(number);
    const row = rows.get(key) ?? { first: number, cells: new Map<string, string>() };
    row.cells.set(headingOf(number), shortened(number));
    rows.set(key, row);
  }
  return {
    headings: ["arm", ...(conditioned ? ["condition"] : []), ...metrics],
    rows: [...rows.values()]
      .slice(0, mostRows)
      .map(({ first, cells }) => [
        first.arm,
        ...(conditioned ? [first.condition] : []),
        ...metrics.map((metric) => cells.get(metric) ?? "–"),
      ]),
  };
}

/** Locust prints averages with 15 digits, which are more than anybody measured. */
function shortened({ digits, value }: ToolNumber): string {
  return digits.length > 8 ? String(Number(value.toPrecision(6))) : digits;
}
