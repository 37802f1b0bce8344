import type { Crossing } from "../../stats/curves/crossing.js";
import type { Estimate } from "../../stats/interval.js";
import { type Faster, fasterOf } from "../../verdicts/effects.js";
import { COLORS, mix } from "../style.js";
import { estimateCells } from "../tables/table.js";
import { formatRatio, formatRatioInterval, formatUnlessVast } from "../words/number.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { RULES } from "./log-axis.js";
import { plotText } from "./plot-text.js";
import { legendOnTop } from "./row-layout.js";

/** REST ÷ gRPC in one cell, or why there is none. */
export interface MapCell {
  readonly ratio: Estimate | null;
  /** A sentence; "" where there is a ratio. */
  readonly missing: string;
}

/** The cells along x at one value of y. */
export interface MapRow {
  readonly tick: string;
  readonly cells: readonly MapCell[];
  /** On the axis of x; null where too little was measured. */
  readonly crossing: Crossing | null;
}

/** A map of who wins where. */
export interface MapDrawn {
  readonly x: {
    readonly title: string;
    readonly columns: readonly { readonly tick: string; readonly value: number }[];
  };
  readonly y: { readonly title: string };
  readonly rows: readonly MapRow[];
  /** What it shows, in words. */
  readonly sentences: readonly string[];
}

const rowPx = 76;

/** What stands in a cell: never colour alone. */
type State = Faster | "failed";

/**
 * A grid of who wins where: each cell says whose median call is shorter and by how many times, the line goes where both take
 * equally long, with its 99 % interval; cells that are undecided or failed say so.
 *
 * @example
 * whoWins({ x, y, rows, sentences }, { source: null })
 */
export function whoWins(drawn: MapDrawn, { source }: { readonly source: string | null }): Figure {
  const { x, y, rows, sentences } = drawn;
  const height = 96 + rowPx * rows.length;
  return figure({
    anchor: "figure-who-wins",
    title: `Who wins where: ${x.title} × ${y.title}`,
    description: `${sentences.join(" ")} In a cell: whose median call is shorter, and how many times as long the other's takes; on a narrow page ? is undecided, = neither, ✕ failed.`,
    data: [hovers(drawn), ...line(drawn)],
    layout: layout(drawn, { height, leftPx: 92, fontPx: 13, words: wideWords }),
    narrow: layout(drawn, { height, leftPx: 88, fontPx: 10, words: narrowWords }),
    table: {
      columns: [
        { name: x.title, kind: "text" },
        { name: y.title, kind: "text" },
        { name: "REST ÷ gRPC", kind: "ratio" },
        { name: "low", kind: "ratio" },
        { name: "high", kind: "ratio" },
        { name: "faster", kind: "text" },
        { name: "remark", kind: "text" },
      ],
      rows: cellsOf(drawn).map(({ column, row, ratio, missing, state }) => [
        ...[column.tick, row.tick, ...estimateCells(ratio)],
        ...[state, missing],
      ]),
    },
    source,
  });
}

function cellsOf({ x, rows }: MapDrawn) {
  return rows.flatMap((row, j) =>
    row.cells.map(({ ratio, missing }, i) => {
      const state: State = ratio === null ? "failed" : fasterOf(ratio);
      const column = x.columns[i] as MapDrawn["x"]["columns"][number];
      return { i, j, row, column, ratio, missing, state };
    }),
  );
}

type Placed = ReturnType<typeof cellsOf>[number];

function wideWords({ state, ratio }: Placed): string {
  if (state === "REST" || state === "gRPC") return `${state}<br>${byTimes(ratio)}`;
  return { neither: "neither", undecided: "undecided", failed: "failed" }[state];
}

function narrowWords(cell: Placed): string {
  return { undecided: "?", neither: "=", failed: "✕", REST: "", gRPC: "" }[cell.state] || wideWords(cell);
}

/** How many times as long the slower one takes. */
function byTimes(ratio: Estimate | null): string {
  return formatRatio(ratio && Math.max(ratio.value, 1 / ratio.value));
}

/** Marks that cannot be seen, for what the pointer tells. */
function hovers(drawn: MapDrawn): PlotlyObject {
  const cells = cellsOf(drawn);
  const said = ({ column, row, ratio, missing, state }: Placed) => {
    const words =
      ratio === null
        ? plotText(missing)
        : `REST ÷ gRPC ${formatRatio(ratio.value)} (${formatUnlessVast(ratio, formatRatioInterval)})`;
    return `${column.tick}, ${row.tick}: ${state}<br>${words}`;
  };
  return {
    ...{ type: "scatter", mode: "markers", name: "", x: cells.map(({ i }) => i), y: cells.map(({ j }) => j) },
    ...{ text: cells.map(said), hovertemplate: "%{text}<extra></extra>", showlegend: false },
    marker: { size: 40, opacity: 0 },
  };
}

/** Where both take equally long: the line through the rows that have such a place, and the band of its intervals. */
function line(drawn: MapDrawn): readonly PlotlyObject[] {
  const points = drawn.rows.map(({ crossing }) => {
    if (crossing?.kind !== "once") return null;
    const [low, at, high] = [crossing.low, crossing.at, crossing.high].map((value) => columnAt(drawn, value));
    return { low: low as number, value: at as number, high: high as number };
  });
  const known = points.flatMap((point, y) => (point === null ? [] : [{ ...point, y }]));
  if (known.length === 0) return [];
  const bands = stretches(known).filter((stretch) => stretch.length > 1);
  return [
    ...bands.map((stretch) => ({
      ...{ type: "scatter", mode: "lines", fill: "toself", hoverinfo: "skip", showlegend: false },
      ...{ line: { width: 0 }, fillcolor: mix(COLORS.ink, 0.14, "transparent") },
      x: [...stretch.map(({ low }) => low), ...stretch.toReversed().map(({ high }) => high)],
      y: [...stretch.map(({ y }) => y), ...stretch.toReversed().map(({ y }) => y)],
    })),
    {
      ...{ type: "scatter", mode: "lines+markers", name: "both take equally long, 99 % interval" },
      x: points.map((point) => point?.value ?? null),
      y: points.map((_, y) => y),
      error_x: {
        ...{ type: "data", symmetric: false, color: COLORS.ink, thickness: 1.5 },
        array: points.map((point) => (point === null ? 0 : point.high - point.value)),
        arrayminus: points.map((point) => (point === null ? 0 : point.value - point.low)),
      },
      ...{ hoverinfo: "skip", connectgaps: false },
      line: { color: COLORS.ink, width: 2, dash: "dash" },
      marker: { color: COLORS.ink, size: 9, symbol: "diamond" },
    },
  ];
}

/** Rows without a gap between them. */
function stretches<T extends { readonly y: number }>(points: readonly T[]): T[][] {
  const all: T[][] = [];
  for (const point of points) {
    const last = all.at(-1);
    if (last?.at(-1)?.y === point.y - 1) last.push(point);
    else all.push([point]);
  }
  return all;
}

/** A value of x in columns, between two of them by its logarithm; what lies beyond the outermost ends at the edge. */
function columnAt({ x: { columns } }: MapDrawn, value: number): number {
  const last = columns.length - 1;
  const right = columns.findIndex((column) => column.value >= value);
  if (right === -1) return last + 0.5;
  const [from, to] = [columns[right - 1]?.value, columns[right]?.value ?? value];
  if (from === undefined) return value === to ? 0 : -0.5;
  return right - 1 + Math.log(value / from) / Math.log(to / from);
}

interface LayoutOptions {
  readonly height: number;
  readonly leftPx: number;
  readonly fontPx: number;
  words(cell: Placed): string;
}

function layout(drawn: MapDrawn, { height, leftPx, fontPx, words }: LayoutOptions): PlotlyObject {
  const { x, y, rows } = drawn;
  const cells = cellsOf(drawn);
  return {
    height,
    margin: { l: leftPx, r: 12, t: 40, b: 48 },
    legend: legendOnTop,
    xaxis: {
      ...RULES,
      ...{ showgrid: false, range: [-0.5, x.columns.length - 0.5], tickangle: 0 },
      tickvals: x.columns.map((_, i) => i),
      ticktext: x.columns.map(({ tick }) => tick),
      title: { text: x.title, font: { size: 13 }, standoff: 8 },
    },
    yaxis: {
      ...RULES,
      ...{ showgrid: false, range: [-0.5, rows.length - 0.5] },
      tickvals: rows.map((_, j) => j),
      ticktext: rows.map(({ tick }) => `${tick} `),
      title: { text: y.title, font: { size: 13 }, standoff: 4 },
    },
    shapes: cells.map(({ i, j, state, ratio }) => ({
      ...{ type: "rect", layer: "below", x0: i - 0.48, x1: i + 0.48, y0: j - 0.46, y1: j + 0.46 },
      line: { color: COLORS.rule, width: 1, dash: state === "failed" ? "dot" : "solid" },
      fillcolor: fillOf(state, ratio),
    })),
    annotations: cells.map((cell) => ({
      ...{ x: cell.i, y: cell.j, yshift: 17, text: words(cell), showarrow: false },
      font: {
        size: fontPx,
        color: cell.state === "REST" || cell.state === "gRPC" ? COLORS.ink : COLORS.muted,
      },
    })),
  };
}

/** The winner's colour, the stronger the farther it wins. */
function fillOf(state: State, ratio: Estimate | null): string {
  if (ratio === null || (state !== "REST" && state !== "gRPC")) return "rgba(0,0,0,0)";
  const strength = Math.min(1, Math.abs(Math.log(ratio.value)) / Math.log(10));
  return mix(state === "REST" ? COLORS.rest : COLORS.grpc, 0.15 + 0.4 * strength, "transparent");
}
