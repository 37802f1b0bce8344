import { type Estimate, isVast } from "../../stats/interval.js";
import type { Scope } from "../../stats/scope.js";
import {
  judgePrediction,
  type MechanismTest,
  type MechanismVerdict,
  predictionBound,
} from "../../verdicts/mechanisms.js";
import { COLORS, mix } from "../style.js";
import {
  formatRatio,
  formatRatioEstimate,
  formatRatioInterval,
  formatShare,
  formatUnlessVast,
} from "../words/number.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { intervalBars } from "./interval-bars.js";
import { axisTitle, ratioAxis } from "./log-axis.js";
import { wrapped } from "./plot-text.js";
import { lineAtOne } from "./ratio-marks.js";
import { legendOnTop, rowAxis } from "./row-layout.js";

/** What mechanisms predicted, and whom the numbers speak of. */
export interface MechanismsDrawn {
  readonly tests: readonly MechanismTest[];
  readonly scope: Scope;
}

interface MeasuredTest extends MechanismTest {
  readonly ratio: Estimate;
}

const symbols: Readonly<Record<MechanismVerdict, string>> = {
  confirmed: "circle",
  refuted: "x",
  undecided: "circle-open",
};

/**
 * Measured ÷ predicted of every setting that a mechanism predicted, beside measured ÷ what would be expected without it, on a
 * logarithmic axis with 1 in the middle and the bound as a band.
 *
 * @example
 * mechanisms({ tests, scope }, { source: run.folder })
 */
export function mechanisms(
  { tests, scope }: MechanismsDrawn,
  { source }: { readonly source: string | null },
): Figure {
  const rows = tests.flatMap((one) => (one.ratio === null ? [] : [{ ...one, ratio: one.ratio }]));
  return figure({
    anchor: "figure-mechanisms",
    title: "Why: what each mechanism predicted, and what was measured",
    description: describe(rows, scope),
    data: [predictedMarks(rows), withoutMarks(rows)],
    layout: layout(rows, { rowPx: 62, leftPx: 300, letters: 42, ticks: 9 }),
    narrow: layout(rows, { rowPx: 96, leftPx: 128, letters: 16, ticks: 4 }),
    table: {
      columns: [
        { name: "mechanism", kind: "text" },
        { name: "setting", kind: "text" },
        { name: "predicted", kind: "duration" },
        { name: "measured", kind: "duration" },
        { name: "measured ÷ predicted", kind: "ratio" },
        { name: "low", kind: "ratio" },
        { name: "high", kind: "ratio" },
        { name: "which is", kind: "text" },
        { name: "÷ expected without it", kind: "ratio" },
      ],
      rows: rows.map((row) => [
        ...[row.mechanism, row.words, row.predictedMs, row.measuredMs],
        ...[row.ratio.value, endOf(row.ratio.low), endOf(row.ratio.high), verdictOf(row)],
        row.without?.value ?? null,
      ]),
    },
    source,
  });
}

function verdictOf({ ratio, caution }: MeasuredTest): MechanismVerdict {
  return judgePrediction(ratio, caution);
}

function describe(rows: readonly MeasuredTest[], scope: Scope): string {
  const said = rows.map((row) => {
    return `${row.mechanism}, ${row.words}: ${formatRatioEstimate(row.ratio)}, ${verdictOf(row)}`;
  });
  const measured = said.length === 0 ? "No prediction was tested" : said.join("; ");
  return `Measured ÷ predicted. ${measured}. In ${scope}.`;
}

/** JSON holds no endless interval. */
function endOf(end: number): number | null {
  return end > 0 && Number.isFinite(end) ? end : null;
}

const withoutName = "÷ expected without the mechanism";

function predictedMarks(rows: readonly MeasuredTest[]): PlotlyObject {
  return {
    ...marksOf(
      rows.map(({ ratio }, y) => ({ estimate: ratio, y })),
      COLORS.ink,
    ),
    name: "measured ÷ predicted",
    mode: "markers+text",
    text: rows.map((row) => `${formatRatio(row.ratio.value)}, ${verdictOf(row)}`),
    textposition: "top center",
    textfont: { size: 12 },
    marker: { size: 11, color: COLORS.ink, symbol: rows.map((row) => symbols[verdictOf(row)]) },
  };
}

function withoutMarks(rows: readonly MeasuredTest[]): PlotlyObject {
  const there = rows.flatMap(({ without }, y) =>
    without === null ? [] : [{ estimate: without, y: y + 0.3 }],
  );
  return {
    ...marksOf(there, COLORS.muted),
    name: withoutName,
    mode: "markers",
    marker: { size: 9, color: COLORS.muted, symbol: "diamond-open" },
  };
}

function marksOf(
  marks: readonly { readonly estimate: Estimate; readonly y: number }[],
  color: string,
): PlotlyObject {
  return {
    type: "scatter",
    x: marks.map(({ estimate }) => estimate.value),
    y: marks.map(({ y }) => y),
    error_x: intervalBars(
      marks.map(({ estimate }) => drawable(estimate)),
      color,
    ),
    cliponaxis: false,
    customdata: marks.map(({ estimate }) => [
      formatRatio(estimate.value),
      formatUnlessVast(estimate, formatRatioInterval),
    ]),
    hovertemplate: "%{customdata[0]} (%{customdata[1]})<extra></extra>",
  };
}

/** Beyond every axis, but a number. */
function drawable({ value, low, high }: Estimate) {
  return { value, low: Math.max(low, value / 1e6), high: Math.min(high, value * 1e6) };
}

interface LayoutOptions {
  readonly rowPx: number;
  readonly leftPx: number;
  /** Of a line of a setting's words. */
  readonly letters: number;
  readonly ticks: number;
}

function layout(
  rows: readonly MeasuredTest[],
  { rowPx, leftPx, letters, ticks }: LayoutOptions,
): PlotlyObject {
  const reach = reachOf(rows);
  const bound = 1 + predictionBound;
  return {
    height: 118 + rowPx * Math.max(1, rows.length),
    margin: { l: leftPx, r: 24, t: 56, b: 58 },
    legend: legendOnTop,
    xaxis: {
      ...ratioAxis(1 / reach, reach, ticks),
      title: axisTitle(`band: ${formatShare(predictionBound)} allowed`),
    },
    yaxis: {
      ...rowAxis(
        rows.map(
          ({ mechanism, words }) =>
            `<b>${wrapped(mechanism, letters, 2)}</b><br>${wrapped(words, letters, 4)} `,
        ),
        { above: 0.7, short: 0.3 },
      ),
      tickfont: { size: 12 },
    },
    shapes: [
      {
        ...{ type: "rect", yref: "paper", y0: 0, y1: 1, x0: 1 / bound, x1: bound },
        ...{ layer: "below", line: { width: 0 }, fillcolor: mix(COLORS.ink, 0.1, "transparent") },
      },
      lineAtOne(1),
    ],
  };
}

/** As far to both sides of 1 as the farthest mark or end of an interval whose digits say something. */
function reachOf(rows: readonly MeasuredTest[]): number {
  const ends = rows.flatMap(({ ratio, without }) => [
    ...(isVast(ratio) ? [ratio.value] : [ratio.low, ratio.high]),
    ...(without === null ? [] : isVast(without) ? [without.value] : [without.low, without.high]),
  ]);
  return 1.2 * Math.exp(Math.max(0.35, ...ends.map((end) => Math.abs(Math.log(end)))));
}
