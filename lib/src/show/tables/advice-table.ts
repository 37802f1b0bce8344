import type { WeighedAdvice } from "../../verdicts/advice.js";
import { showable } from "../display.js";
import { type Hole, html } from "../html.js";
import { styleTag } from "../style.js";
import { tableMarkup } from "./table.js";

/** Advice, weighed, that shows itself as a table. */
export interface AdviceTable {
  readonly kind: "advice";
  readonly advice: readonly WeighedAdvice[];
}

/**
 * What posts advise and what here speaks for it, as a table that shows itself.
 *
 * @example
 * adviceTable(loadAdvice().map((advice) => weigh(advice, verdicts)));
 */
export function adviceTable(advice: readonly WeighedAdvice[]): AdviceTable {
  return showable(
    { kind: "advice", advice },
    { html: () => adviceHtml(advice), text: () => adviceText(advice) },
  );
}

const headings = ["the post advises", "speaks for it here", "speaks against it here", "left open"];

function adviceHtml(all: readonly WeighedAdvice[]): string {
  const columns = headings.map((heading) => ({ heading, numeric: false }));
  const rows = all.map(({ advice, supporting, opposing, open }) => [
    html`<div class="sentence">${advice.statement}<small>${advice.topic}</small></div>`,
    clauses(supporting),
    clauses(opposing),
    clauses(open),
  ]);
  return html`<div class="wirelab">${styleTag()}${tableMarkup("What the post advises, and what was measured of it", columns, rows)}</div>`
    .markup;
}

function clauses(all: readonly string[]): Hole {
  return all.length === 0 ? "–" : all.map((clause) => html`<div class="sentence">${clause}</div>`);
}

function adviceText(all: readonly WeighedAdvice[]): string {
  return all
    .map(({ advice, supporting, opposing, open }) =>
      [
        `${advice.statement} (${advice.topic})`,
        ...supporting.map((clause) => `  for: ${clause}`),
        ...opposing.map((clause) => `  against: ${clause}`),
        ...open.map((clause) => `  open: ${clause}`),
      ].join("\n"),
    )
    .join("\n");
}
