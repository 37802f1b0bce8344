import { type Hole, html, type Markup, trusted } from "../../show/html.js";
import { type Cell, type CodeCell, hasTag, type Notebook, type Output } from "../cells/ipynb.js";
import { outputHtml, renderOutput } from "../cells/outputs.js";
import type { Stop } from "../run-notebook.js";
import { liftBundle } from "./bundle.js";
import { createProse, type EmbedImage, type Heading, highlightTypeScript, type Prose } from "./markdown.js";
import { recomputeScript } from "./recompute-script.js";
import { renderShell } from "./shell.js";

/** What a page says beside the notebook itself. */
export interface PageOptions {
  readonly title: string;
  /** Machine, versions, date and the like, a line each, for the footer. */
  readonly scope?: readonly string[];
  /** Where the run stopped before its end, if it did. */
  readonly stop?: Stop | null;
  /** Link to the report's index. Default: no link. */
  readonly indexHref?: string | null;
  /** How local images of the prose are embedded. Default: they become links. */
  readonly embedImage?: EmbedImage;
}

/**
 * An executed notebook as one self-contained HTML page: contents from its headings, code folded, outputs as they are.
 * It makes no request, works from disk, in light and dark, on a phone and on paper. A Plotly bundle among the outputs
 * (`<script data-wirelab-plotly>`) is moved to the head, once. Nothing is read from the clock.
 *
 * @example renderPage(run.notebook, { title: "What a call costs", scope: ["Node 20.20.2"] })
 */
export function renderPage(notebook: Notebook, options: PageOptions): string {
  const prose = createProse(options.embedImage);
  const stop = options.stop ?? null;
  const { cells, bundle } = liftBundles(notebook.cells);
  const body = cells.map((cell, index) => renderCell(cell, prose, stop !== null && index + 1 > stop.cell));
  const title: Hole = prose.headings.some(({ level }) => level === 1)
    ? null
    : html`<h1>${options.title}</h1>`;
  return renderShell({
    title: options.title,
    main: html`<article>${title}${stop === null ? null : stopNote(stop)}
${body}</article>`,
    contents: renderContents(prose.headings),
    indexHref: options.indexHref ?? null,
    scope: options.scope ?? [],
    headScript: bundle,
    endScript: recomputeScript(cells),
    hasCode: cells.some((cell) => cell.cell_type === "code"),
  });
}

/** Id of a cell's element in its page. */
export function cellAnchor(cellId: string): string {
  return `cell-${cellId}`;
}

function stopNote({ cell, cellId, reason }: Stop): Markup {
  return html`<p class="stopped" role="note"><strong>This notebook did not run to its end.</strong> It stopped at <a href="#${cellAnchor(cellId)}">cell ${cell}</a>: ${reason}</p>
`;
}

function renderCell(cell: Cell, prose: Prose, unreached: boolean): Hole {
  if (cell.cell_type === "raw") return null;
  if (cell.cell_type === "markdown") {
    return html`<section class="prose" id="${cellAnchor(cell.id)}">
${trusted(prose.render(cell.source))}</section>
`;
  }
  const note: Hole = unreached
    ? html`<p class="not-run">Not run: an earlier cell stopped the notebook.</p>`
    : null;
  const outputs = cell.outputs.map((output) => renderOutput(output, prose));
  return html`<section class="cell" id="${cellAnchor(cell.id)}" role="group" aria-label="${codeName(cell)}">
${renderCode(cell)}${note}${outputs}</section>
`;
}

function renderCode(cell: CodeCell): Hole {
  if (cell.source.trim() === "") return null;
  const firstLine = cell.source.trim().split("\n")[0] ?? "";
  return html`<details class="code"><summary>${codeName(cell)} <span class="first" aria-hidden="true">${firstLine}</span></summary><pre><code>${trusted(highlightTypeScript(cell.source))}</code></pre></details>
`;
}

function codeName(cell: CodeCell): string {
  if (hasTag(cell, "parameters")) return "Parameters";
  return hasTag(cell, "injected-parameters") ? "Parameters of this run" : "Code";
}

function renderContents(headings: readonly Heading[]): Markup | null {
  const listed = headings.filter(({ level }) => level === 2 || level === 3);
  if (listed.length < 2) return null;
  const items = listed.map(
    ({ level, text, id }) =>
      html`<li${level === 3 ? trusted(' class="sub"') : null}><a href="#${id}">${text}</a></li>`,
  );
  return html`<nav class="toc" aria-label="Contents"><details><summary>Contents</summary><ol>${items}</ol></details></nav>`;
}

/** Plotly's bundle goes to the head of the page, once, and out of the outputs. */
function liftBundles(cells: readonly Cell[]): { cells: Cell[]; bundle: string | null } {
  let first: string | null = null;
  const strip = (output: Output): Output => {
    const found = outputHtml(output);
    if (found === null || !("data" in output)) return output;
    const { markup, bundle } = liftBundle(found);
    first ??= bundle;
    return bundle === null ? output : { ...output, data: { ...output.data, "text/html": markup } };
  };
  const without = cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, outputs: cell.outputs.map(strip) } : cell,
  );
  return { cells: without, bundle: first };
}
