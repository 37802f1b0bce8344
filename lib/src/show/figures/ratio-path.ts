import type { Estimate } from "../../stats/interval.js";
import { COLORS } from "../style.js";
import { estimateCells } from "../tables/table.js";
import { formatRatio, formatRatioEstimate, formatRatioInterval, formatUnlessVast } from "../words/number.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { intervalBars } from "./interval-bars.js";
import { ratioAxis } from "./log-axis.js";
import { wrapped } from "./plot-text.js";
import { lineAtOne, placesOf } from "./ratio-marks.js";
import { legendOnTop, rowAxis } from "./row-layout.js";

/** One stop on the way from a published ratio to the one here. */
export interface RatioStep {
  /** What is new since the stop before, in words. */
  readonly step: string;
  /** First ÷ second; null where it could not be had. */
  readonly ratio: Estimate | null;
  /** Why not; "" where it was. */
  readonly missing: string;
}

/** A published ratio and the steps from it, in the words of the claim. */
export interface RatioPath {
  readonly statement: string;
  /** First ÷ second in words, e.g. `REST ÷ gRPC, median`. */
  readonly ratio: string;
  readonly published: number;
  readonly steps: readonly RatioStep[];
  /** Whom the measured steps speak of. */
  readonly scope: string;
}

const rowPx = 54;

/**
 * A ratio on its way from what a post prints to what is measured here, one change a row, each with its 99 % interval.
 *
 * @example
 * ratioPath(path, { source: run.folder })
 */
export function ratioPath(path: RatioPath, { source }: { readonly source: string | null }): Figure {
  const rows = rowsOf(path);
  const height = 96 + rowPx * rows.length;
  return figure({
    title: `From the post's ratio to the one here: ${path.ratio}`,
    description: describe(path),
    data: [published(path), measured(path)],
    layout: layout(path, { height, leftPx: 300, letters: 40, ticks: 9 }),
    narrow: layout(path, { height, leftPx: 128, letters: 18, ticks: 4 }),
    table: {
      columns: [
        { name: "step", kind: "text" },
        { name: "ratio", kind: "ratio" },
        { name: "low", kind: "ratio" },
        { name: "high", kind: "ratio" },
        { name: "remark", kind: "text" },
      ],
      rows: rows.map(({ step, ratio, missing }) => [
        step,
        ...(typeof ratio === "number" ? [ratio, null, null] : estimateCells(ratio)),
        missing,
      ]),
    },
    source,
  });
}

const printed = "what the post prints";

function rowsOf({ published, steps }: RatioPath) {
  return [{ step: printed, ratio: published, missing: "" }, ...steps];
}

function describe({ published, steps, statement, scope }: RatioPath): string {
  const parts = steps.map(({ step, ratio, missing }) => {
    if (ratio === null) return `${step}: not measured (${missing})`;
    return `${step}: ${formatRatioEstimate(ratio)}`;
  });
  return `${statement}. Published ${formatRatio(published)}; then ${parts.join("; ")}. In ${scope}.`;
}

function published({ published: ratio }: RatioPath): PlotlyObject {
  return {
    type: "scatter",
    mode: "markers+text",
    name: "published",
    x: [ratio],
    y: [0],
    text: [formatRatio(ratio)],
    textposition: "top center",
    textfont: { color: COLORS.muted, size: 12 },
    cliponaxis: false,
    marker: { symbol: "diamond-open", size: 12, color: COLORS.muted, line: { width: 2 } },
    hovertemplate: "published: %{text}<extra></extra>",
  };
}

function measured({ steps }: RatioPath): PlotlyObject {
  const shown = steps.flatMap(({ ratio }, i) => (ratio === null ? [] : [{ ratio, y: i + 1 }]));
  return {
    type: "scatter",
    mode: "markers+text",
    name: "measured here, 99 % interval",
    x: shown.map(({ ratio }) => ratio.value),
    y: shown.map(({ y }) => y),
    error_x: intervalBars(
      shown.map(({ ratio }) => ratio),
      COLORS.ink,
    ),
    text: shown.map(({ ratio }) => formatRatio(ratio.value)),
    textposition: "top center",
    textfont: { size: 12 },
    cliponaxis: false,
    customdata: shown.map(({ ratio }) => formatUnlessVast(ratio, formatRatioInterval)),
    marker: { symbol: "circle", size: 11, color: COLORS.ink },
    hovertemplate: "%{text} (%{customdata})<extra></extra>",
  };
}

interface LayoutOptions {
  readonly height: number;
  readonly leftPx: number;
  /** Of a line of a step's words. */
  readonly letters: number;
  readonly ticks: number;
}

function layout(path: RatioPath, { height, leftPx, letters, ticks }: LayoutOptions): PlotlyObject {
  const rows = rowsOf(path);
  const [low, high] = spanOf(path);
  return {
    height,
    margin: { l: leftPx, r: 24, t: 48, b: 44 },
    legend: legendOnTop,
    xaxis: ratioAxis(low, high, ticks),
    yaxis: {
      ...rowAxis(
        rows.map(({ step }) => `${wrapped(step, letters, 3)} `),
        { above: 0.6 },
      ),
      tickfont: { size: 12 },
    },
    shapes: [lineAtOne(1.5)],
  };
}

/** All ratios and 1, with room for their numbers; the ends of an interval as far as its digits say something. */
function spanOf({ published: ratio, steps }: RatioPath): readonly [number, number] {
  const ends = steps.flatMap((step) => (step.ratio === null ? [] : placesOf(step.ratio)));
  return [Math.min(1, ratio, ...ends) / 1.5, Math.max(1, ratio, ...ends) * 1.5];
}
