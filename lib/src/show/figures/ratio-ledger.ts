import type { Verdict } from "../../verdicts/types.js";
import { sayArm } from "../../verdicts/words.js";
import { type Figure, figure, type PlotlyObject } from "../figure.js";
import { formatRatio, formatRatioInterval } from "../number.js";
import { COLORS, mix } from "../style.js";
import { directionWords } from "../verdict-table.js";
import { logTicks, RULES } from "./log-axis.js";
import { plotText, wrapped } from "./plot-text.js";

/** How one kind of number is drawn: told apart by its mark as well as by its colour. */
interface Kind {
  readonly name: string;
  readonly symbol: string;
  readonly color: string;
}

const published: Kind = { name: "published", symbol: "diamond-open", color: COLORS.muted };
const measured: readonly (Kind & { readonly stack: string })[] = [
  { stack: "replicated", name: "replicated here", symbol: "square", color: COLORS.grpc },
  { stack: "ported", name: "ported to TypeScript", symbol: "circle", color: COLORS.rest },
];

/**
 * All verdicts as one picture: a row a claim, the ratio of its first arm to its second on a logarithmic axis with 1 in the
 * middle, published and measured marks with 99 % intervals, and the verdict in words. Null without any ratio.
 *
 * @example
 * ratioLedger(verdicts)
 */
export function ratioLedger(verdicts: readonly Verdict[]): Figure | null {
  const rows = verdicts.filter(({ ratio, published: printed }) => ratio !== null || printed !== null);
  if (rows.length === 0) return null;
  const reach = reachOf(rows);
  return figure({
    title: "Every claim in one picture",
    description: describe(rows),
    data: [publishedTrace(rows), ...measured.flatMap((kind) => measuredTrace(rows, kind))],
    layout: layout(rows, { reach, labelWidth: 30, left: 250, right: 150, ticks: 11 }),
    narrow: layout(rows, { reach, labelWidth: 15, left: 112, right: 84, ticks: 4 }),
    table: {
      columns: [
        { name: "claim", kind: "text" },
        { name: "arms", kind: "text" },
        { name: "published", kind: "ratio" },
        { name: "measured", kind: "ratio" },
        { name: "low", kind: "ratio" },
        { name: "high", kind: "ratio" },
        { name: "verdict", kind: "text" },
      ],
      rows: rows.map((row) => [
        row.statement,
        armsOf(row),
        row.published,
        row.ratio,
        row.low,
        row.high,
        directionWords(row.direction),
      ]),
    },
    source: null,
  });
}

const armsOf = ({ first, second }: Verdict) =>
  `${capital(sayArm(first))} ÷ ${sayArm(second).replace(/^the /, "")}`;
const capital = (text: string) => text.replace(/^the /, "").replace(/^./, (letter) => letter.toUpperCase());

/** How far the axis goes to either side of 1, so that 1 is in its middle. */
function reachOf(rows: readonly Verdict[]): number {
  const values = rows.flatMap((row) => [row.published, row.low, row.high].filter((value) => value !== null));
  return Math.max(2, ...values.map((value) => Math.max(value, 1 / value))) * 1.6;
}

function describe(rows: readonly Verdict[]): string {
  const words = [...new Set(rows.map(({ direction }) => directionWords(direction)))];
  const counts = words.map(
    (word) => `${rows.filter(({ direction }) => directionWords(direction) === word).length} × ${word}`,
  );
  return `Each row is first arm ÷ second arm: right of 1 the second arm is faster, left of 1 the first. Verdicts: ${counts.join(", ")}.`;
}

function publishedTrace(rows: readonly Verdict[]): PlotlyObject {
  const shown = rows.flatMap((row, y) => (row.published === null ? [] : [{ y, x: row.published, row }]));
  return {
    type: "scatter",
    mode: "markers",
    name: published.name,
    x: shown.map(({ x }) => x),
    y: shown.map(({ y }) => y),
    text: shown.map(({ x, row }) => `${wrapped(row.statement, 50)}<br>published ${formatRatio(x)}`),
    marker: { symbol: published.symbol, color: published.color, size: 11, line: { width: 2 } },
    hovertemplate: "%{text}<extra></extra>",
  };
}

function measuredTrace(rows: readonly Verdict[], kind: (typeof measured)[number]): PlotlyObject[] {
  const shown = rows.flatMap((row, y) => {
    const { ratio, low, high } = row;
    const known = ratio !== null && low !== null && high !== null && row.stack.startsWith(kind.stack);
    return known ? [{ y, row, ratio, low, high }] : [];
  });
  if (shown.length === 0) return [];
  return [
    {
      type: "scatter",
      mode: "markers",
      name: `${kind.name}, 99 % interval`,
      x: shown.map(({ ratio }) => ratio),
      y: shown.map(({ y }) => y),
      error_x: {
        type: "data",
        symmetric: false,
        array: shown.map(({ ratio, high }) => high - ratio),
        arrayminus: shown.map(({ ratio, low }) => ratio - low),
        color: kind.color,
      },
      text: shown.map(
        ({ row, ratio, low, high }) =>
          `${wrapped(row.statement, 50)}<br>${kind.name} ${formatRatio(ratio)} (${formatRatioInterval({ low, high })})`,
      ),
      marker: { symbol: kind.symbol, color: kind.color, size: 10 },
      hovertemplate: "%{text}<extra></extra>",
    },
  ];
}

interface LayoutOptions {
  readonly reach: number;
  readonly labelWidth: number;
  readonly left: number;
  readonly right: number;
  readonly ticks: number;
}

function layout(
  rows: readonly Verdict[],
  { reach, labelWidth, left, right, ticks }: LayoutOptions,
): PlotlyObject {
  const labels = rows.map((row) => wrapped(armsOf(row), labelWidth));
  const tickvals = symmetricTicks(reach, ticks);
  const decades = Math.log10(reach);
  const bands = rows.map(({ smallestEffect }) => 1 + smallestEffect);
  return {
    height: 130 + 40 * rows.length,
    margin: { l: left, r: right, t: 72, b: 44 },
    legend: { orientation: "h", x: 0, xanchor: "left", y: 1, yanchor: "bottom", yref: "container" },
    xaxis: {
      type: "log",
      range: [-decades, decades],
      tickvals,
      ticktext: tickvals.map(tickText),
      tickangle: 0,
      ...RULES,
    },
    yaxis: {
      range: [rows.length - 0.4, -0.6],
      tickvals: rows.map((_, y) => y),
      ticktext: labels,
      ...RULES,
    },
    shapes: [band(Math.max(...bands)), middle()],
    annotations: [
      sideNote("← first is faster", 0, "left"),
      sideNote("second is faster →", 1, "right"),
      ...rows.map((row, y) => verdictNote(row, y, right < 100 ? 11 : 22)),
    ],
  };
}

/** Ticks at the same distance on both sides of 1. */
function symmetricTicks(reach: number, most: number): number[] {
  const above = logTicks(1, reach, Math.max(2, Math.floor(most / 2))).filter((tick) => tick > 1);
  return [...above.map((tick) => 1 / tick).reverse(), 1, ...above];
}

const tickText = (tick: number) =>
  tick < 1 ? `1/${formatRatio(1 / tick).replace("×", "")}` : formatRatio(tick).replace(".00", "");

function band(edge: number): PlotlyObject {
  const fillcolor = mix(COLORS.ink, 0.1, "transparent");
  const across = { x0: 1 / edge, x1: edge, y0: 0, y1: 1, yref: "paper" };
  return { type: "rect", ...across, fillcolor, line: { width: 0 }, layer: "below" };
}

function middle(): PlotlyObject {
  return {
    type: "line",
    x0: 1,
    x1: 1,
    y0: 0,
    y1: 1,
    yref: "paper",
    line: { color: COLORS.ink, width: 1.5 },
    layer: "below",
  };
}

function sideNote(text: string, x: number, xanchor: string): PlotlyObject {
  return {
    text,
    x,
    xanchor,
    xref: "paper",
    y: 1,
    yanchor: "bottom",
    yref: "paper",
    showarrow: false,
    font: { color: COLORS.muted },
  };
}

function verdictNote(row: Verdict, y: number, width: number): PlotlyObject {
  return {
    text: `<b>${wrapped(plotText(directionWords(row.direction)), width)}</b>`,
    x: 1.01,
    xanchor: "left",
    xref: "paper",
    y,
    yanchor: "middle",
    align: "left",
    showarrow: false,
  };
}
