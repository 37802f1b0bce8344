import { type Figure, figureHtml } from "../../show/figures/figure.js";
import { plotlyScript } from "../../show/figures/plotly.js";
import { type Hole, html, trusted } from "../../show/html.js";
import { type Table, tableHtml } from "../../show/tables/table.js";
import { renderShell } from "./shell.js";

/** Figures with their tables and sentences. */
export interface FiguresSection {
  /** Null for the only section of a page. */
  readonly heading: string | null;
  /** What the numbers say, a paragraph each. */
  readonly sentences: readonly string[];
  readonly figures: readonly Figure[];
  readonly tables: readonly { readonly caption: string; readonly table: Table }[];
  /** What is missing, or to be read with care. */
  readonly notes: readonly string[];
}

/** A page of figures without a notebook around it. */
export interface FiguresPage {
  readonly title: string;
  readonly sections: readonly FiguresSection[];
  readonly scope: readonly string[];
}

/** The page as one HTML file that needs no other and no network, in light and dark. */
export function renderFiguresPage({ title, sections, scope }: FiguresPage): string {
  return renderShell({
    title,
    main: html`<article><h1>${title}</h1>
${sections.map(renderSection)}</article>`,
    contents: null,
    indexHref: null,
    scope,
    headScript: plotlyScript(),
    hasCode: false,
    endScript: null,
  });
}

function renderSection({ heading, sentences, figures, tables, notes }: FiguresSection, section: number) {
  const idOf = (figure: number) => `figure-${section + 1}-${figure + 1}`;
  const title: Hole = heading === null ? null : html`<h2>${heading}</h2>`;
  const care: Hole =
    notes.length === 0
      ? null
      : html`<h3>Read with care</h3><ul class="lead">${notes.map((note) => html`<li>${note}</li>`)}</ul>`;
  return html`<section>${title}
${sentences.map((sentence) => html`<p class="lead">${sentence}</p>\n`)}
${figures.map((shown, i) => html`<div class="output">${trusted(figureHtml(shown, idOf(i)))}</div>\n`)}
${tables.map(({ caption, table }) => html`<div class="output wirelab">${tableHtml(table, caption)}</div>\n`)}
${care}</section>
`;
}
