import { randomBytes } from "node:crypto";
import { type Anchor, anchorMarkup } from "../anchor.js";
import { showable } from "../display.js";
import { html, jsonScript, trusted } from "../html.js";
import { styleTag } from "../style.js";
import { rawHeading, type Table, tableHtml, tableText } from "../tables/table.js";
import { FIGURE_SCRIPT } from "./figure-script.js";
import { plotlyScriptOnce } from "./plotly.js";

/** What Plotly is given: anything that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** An object of Plotly's: a trace, a layout, an axis. */
export interface PlotlyObject {
  readonly [key: string]: Json;
}

/** What a figure is made of; see `figure`. */
export interface FigureParts {
  readonly title: string;
  /** One sentence for those who don't see the figure, made from its data. */
  readonly description: string;
  readonly data: readonly PlotlyObject[];
  readonly layout: PlotlyObject;
  /** Layout keys that replace those of `layout` where the figure gets less than 600 px. */
  readonly narrow: PlotlyObject;
  /** What is drawn in place of `data` where the reader has zoomed in, from the coarsest to the finest; left out of figures that have no more to show. */
  readonly finer?: readonly FinerData[];
  /** The figure's values, raw. */
  readonly table: Table;
  /** Folder of the run that the values come from; null for values that were never saved or only published. */
  readonly source: string | null;
  /** Where sentences link to it; left out of figures that no sentence does. */
  readonly anchor?: Anchor;
}

/** Data of which only what is in view is drawn. */
export interface FinerData {
  /** They are drawn where so much of the x axis, or less, is in view. */
  readonly within: number;
  readonly data: readonly PlotlyObject[];
}

/** A figure is a value made from data and options; nothing is drawn before a page shows it. */
export interface Figure extends FigureParts {
  readonly kind: "figure";
}

const MISSING =
  "This figure is drawn by Plotly, which is not in the page yet: run the cell with lab.figures() again, and the " +
  "figure appears here. Its numbers are in the table below.";

const NO_RUN = "values that are not from a saved run";

/**
 * Makes a figure that shows itself in a notebook cell and prints its description in a terminal.
 * Colours in `data` and `layout` may be CSS, `var(--wl-rest)` included; they follow the page's theme.
 *
 * @example
 * const picture = figure({ title, description, data, layout, narrow: {}, table, source: run.folder })
 */
export function figure(parts: FigureParts): Figure {
  const made: Figure = { kind: "figure", ...parts };
  return showable(made, {
    html: () => plotlyScriptOnce() + figureHtml(made),
    text: () => `${made.title}\n${made.description}\n${tableText(made.table)}`,
  });
}

/**
 * A figure as HTML that draws itself once `window.Plotly` is there (see `plotlyScript`), with its values as a table and
 * as a CSV download. `id` has to be unique in the page; it is random unless given.
 */
export function figureHtml(shown: Figure, id = `wirelab-${randomBytes(6).toString("hex")}`): string {
  const spec = {
    data: shown.data,
    layout: { ...baseLayout(), ...shown.layout },
    narrow: shown.narrow,
    ...(shown.finer === undefined ? {} : { finer: shown.finer }),
    table: { headings: shown.table.columns.map(rawHeading), rows: shown.table.rows },
    fileName: `${fileStem(shown.title)}.csv`,
  };
  const height = typeof shown.layout.height === "number" ? shown.layout.height : 420;
  return html`${styleTag()}<figure class="wirelab" id="${id}" aria-labelledby="${id}-caption">${shown.anchor && anchorMarkup(shown.anchor)}
<figcaption id="${id}-caption"><b>${shown.title}</b>${shown.description}</figcaption>
<div data-wirelab-plot role="group" aria-label="${shown.description}" style="min-height:${height}px" data-missing="${MISSING}">Drawing …</div>
<details><summary>The numbers of this figure</summary>
${tableHtml(shown.table, shown.title)}
<p><button type="button">Download as CSV</button></p></details>
<p class="note">Source: ${shown.source ?? NO_RUN}</p>
${jsonScript(spec, { "data-wirelab-figure": "" })}
<script>${trusted(FIGURE_SCRIPT)}(${jsString(id)});</script>
</figure>`.markup;
}

function jsString(text: string) {
  return trusted(JSON.stringify(text).replace(/</g, "\\u003c"));
}

function fileStem(title: string): string {
  return (
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 60) || "figure"
  );
}

function baseLayout(): PlotlyObject {
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: "var(--wl-ink)", size: 13 },
    hoverlabel: {
      bgcolor: "var(--wl-paper)",
      bordercolor: "var(--wl-rule)",
      font: { color: "var(--wl-ink)" },
    },
    margin: { l: 56, r: 16, t: 16, b: 48 },
    legend: { orientation: "h", x: 0, xanchor: "left", y: 1.02, yanchor: "bottom" },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: "var(--wl-muted)", activecolor: "var(--wl-ink)" },
    dragmode: false,
    uirevision: "keep",
  };
}
