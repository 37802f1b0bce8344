import { COLORS, mix } from "../style.js";
import { formatNumber } from "../words/number.js";
import { guessProtocol } from "./arm-style.js";
import type { PlotlyObject } from "./figure.js";
import type { LedgerRow } from "./ledger-rows.js";
import { logTicks, RULES } from "./log-axis.js";
import { plotText, wrapLines, wrapped } from "./plot-text.js";

/** Beyond this ratio a mark stands at the edge with its number, so that one giant does not flatten all others. */
const FARTHEST = 300;
const LINE_PX = 16;

/** How far published and ported marks stand above and below the middle of their row, in rows. */
export const MARK_OFFSET = 0.18;

/** How far the axis goes to either side of 1, which is in its middle. */
export function reachOf(rows: readonly LedgerRow[]): number {
  const ends = rows.flatMap(({ marks }) => marks.flatMap(({ at, low, high }) => [at, low, high]));
  const distances = ends.map((end) => Math.max(end, 1 / end));
  return Math.min(FARTHEST, Math.max(2, ...distances)) * 1.4;
}

/** Statements to the left of the marks, verdicts to the right. */
export function wideLayout(rows: readonly LedgerRow[]): PlotlyObject {
  const labels = rows.map((row) => rowLabel(row, rows));
  const lines = Math.max(2, ...labels.map((label) => label.split("<br>").length));
  return {
    height: 116 + (lines * LINE_PX + 10) * rows.length,
    margin: { l: 352, r: 150, t: 72, b: 44 },
    legend: legend(),
    xaxis: ratioAxis(rows, 11),
    yaxis: { ...rowAxis(rows), tickvals: rows.map((_, y) => y), ticktext: labels, tickfont: { size: 12 } },
    shapes: shapes(rows),
    annotations: [...sideNotes(rows), ...rows.map((row, y) => verdictNote(row, y))],
  };
}

/** For narrow pages: verdict, arms and statement above the marks of their row. */
export function narrowLayout(rows: readonly LedgerRow[]): PlotlyObject {
  const labels = rows.map(({ words, arms, post, statement }) =>
    [`<b>${wrapped(words, 46)}</b>`, wrapped(arms, 48), wrapped(`${post}: ${statement}`, 48, 3)].join("<br>"),
  );
  const lines = Math.max(...labels.map((label) => label.split("<br>").length));
  // Between the lowest mark of a row and the highest of the next stands the label.
  const rowPx = (lines * LINE_PX + 28) / (1 - 2 * MARK_OFFSET);
  // The lowest line of a label stands clear of the highest mark below it.
  const labelShiftPx = MARK_OFFSET * rowPx + 10;
  const belowPx = MARK_OFFSET * rowPx + 14;
  return {
    height: 160 + rowPx * rows.length,
    margin: { l: 8, r: 8, t: 116, b: 44 },
    legend: legend(),
    xaxis: ratioAxis(rows, 7),
    yaxis: {
      ...rowAxis(rows),
      range: [rows.length - 1 + belowPx / rowPx, -1 + belowPx / rowPx],
      showticklabels: false,
    },
    shapes: shapes(rows),
    annotations: [...sideNotes(rows), ...labels.map((label, y) => labelNote(label, y, labelShiftPx))],
  };
}

function legend(): PlotlyObject {
  return {
    orientation: "h",
    x: 0,
    xref: "container",
    xanchor: "left",
    y: 1,
    yref: "container",
    yanchor: "top",
  };
}

function rowLabel(row: LedgerRow, rows: readonly LedgerRow[]): string {
  const statement = wrapped(`${row.post}: ${row.statement}`, 48, 2);
  return sideNames(rows) === null ? `${statement} <br><i>${wrapped(row.arms, 50)}</i> ` : `${statement} `;
}

function ratioAxis(rows: readonly LedgerRow[], most: number): PlotlyObject {
  const reach = reachOf(rows);
  const above = logTicks(1, reach, Math.max(2, Math.floor(most / 2))).filter((tick) => tick > 1);
  const tickvals = [...above.map((tick) => 1 / tick).reverse(), 1, ...above];
  return {
    ...RULES,
    type: "log",
    range: [-Math.log10(reach), Math.log10(reach)],
    tickvals,
    ticktext: tickvals.map(tickText),
    tickangle: 0,
  };
}

function tickText(tick: number): string {
  const written = (value: number): string => formatNumber(value, Math.max(1, `${Math.round(value)}`.length));
  return tick < 1 ? `1/${written(1 / tick)}` : `${written(tick)}×`;
}

function rowAxis(rows: readonly LedgerRow[]): PlotlyObject {
  return { ...RULES, range: [rows.length - 0.5, -0.5], showgrid: true, tickvals: rows.map((_, y) => y) };
}

/** The band of differences that were declared too small to count, and the line at 1. */
function shapes(rows: readonly LedgerRow[]): PlotlyObject[] {
  const edge = 1 + Math.max(...rows.map(({ smallestEffect }) => smallestEffect));
  const place = { yref: "paper", y0: 0, y1: 1, layer: "below" };
  return [
    {
      ...place,
      type: "rect",
      x0: 1 / edge,
      x1: edge,
      fillcolor: mix(COLORS.ink, 0.12, "transparent"),
      line: { width: 0 },
    },
    { ...place, type: "line", x0: 1, x1: 1, line: { color: COLORS.ink, width: 1.5 } },
  ];
}

/** What the first and the second arm of every row speak, where that is the same in all rows and differs; else null. */
function sideNames(rows: readonly LedgerRow[]): { readonly first: string; readonly second: string } | null {
  const restFirst = rows.every(
    ({ first, second }) => guessProtocol(first) === "rest" && guessProtocol(second) === "grpc",
  );
  return restFirst ? { first: "REST", second: "gRPC" } : null;
}

function sideNotes(rows: readonly LedgerRow[]): PlotlyObject[] {
  const names = sideNames(rows) ?? { first: "first arm", second: "second arm" };
  const place = { xref: "paper", yref: "paper", y: 1, yanchor: "bottom", showarrow: false };
  const font = { color: COLORS.muted };
  return [
    { ...place, font, x: 0, xanchor: "left", text: `← ${names.first} faster` },
    { ...place, font, x: 1, xanchor: "right", text: `${names.second} faster →` },
  ];
}

function verdictNote({ words }: LedgerRow, y: number): PlotlyObject {
  return {
    text: `<b>${wrapLines(words, 18).map(plotText).join("<br>")}</b>`,
    x: 1,
    xshift: 8,
    xanchor: "left",
    xref: "paper",
    y,
    yanchor: "middle",
    align: "left",
    showarrow: false,
  };
}

function labelNote(text: string, y: number, yshift: number): PlotlyObject {
  const place = { x: 0, xanchor: "left", xref: "paper", y, yanchor: "bottom", yshift };
  return { ...place, text, bgcolor: COLORS.paper, align: "left", showarrow: false, font: { size: 12 } };
}
