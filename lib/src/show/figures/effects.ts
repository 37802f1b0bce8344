import type { Estimate } from "../../stats/interval.js";
import type { Scope } from "../../stats/scope.js";
import { type Change, changeOf, changeWords, type Effect, sayBaseline } from "../../verdicts/effects.js";
import { COLORS, mix } from "../style.js";
import { formatRatio, formatRatioInterval, formatUnlessVast } from "../words/number.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { intervalBars } from "./interval-bars.js";
import { ratioAxis } from "./log-axis.js";
import { wrapped } from "./plot-text.js";
import { lineAtOne, placesOf } from "./ratio-marks.js";
import { rowAxis } from "./row-layout.js";

/** What flips of single factors make of one baseline. */
export interface EffectsDrawn {
  /** REST ÷ gRPC there. */
  readonly baseline: Estimate;
  readonly effects: readonly Effect[];
  readonly scope: Scope;
}

interface MeasuredEffect extends Effect {
  readonly effect: Estimate;
}

const rowPx = 46;

/** Filled where the effect counts, open where it may be none or carries no verdict. */
const symbols: Readonly<Record<Change, string>> = {
  "slows REST": "circle",
  "slows gRPC": "circle",
  negligible: "diamond",
  "no change seen": "circle-open",
  unsure: "circle-open",
};

function symbolOf({ effect, caution }: MeasuredEffect): string {
  return caution === "" ? symbols[changeOf(effect)] : "circle-open";
}

const changes = Object.keys(symbols) as Change[];

/**
 * How many times the baseline's REST ÷ gRPC becomes when one factor is flipped, a row a flip, the largest first, on a logarithmic
 * axis with 1 in the middle.
 *
 * @example
 * effects({ baseline, effects, scope }, { source: run.folder })
 */
export function effects(drawn: EffectsDrawn, { source }: { readonly source: string | null }): Figure {
  const rows = rowsOf(drawn);
  const height = 100 + rowPx * Math.max(1, rows.length);
  return figure({
    anchor: "figure-effects",
    title: "Which condition decides: what one flip makes of REST ÷ gRPC",
    description: describe(drawn, rows),
    data: [marks(rows)],
    layout: layout(rows, { height, leftPx: 260, letters: 36, ticks: 9 }),
    narrow: layout(rows, { height, leftPx: 124, letters: 17, ticks: 4 }),
    table: {
      columns: [
        { name: "flipped to", kind: "text" },
        { name: "times the baseline's", kind: "ratio" },
        { name: "low", kind: "ratio" },
        { name: "high", kind: "ratio" },
        { name: "what that is", kind: "text" },
        { name: "REST ÷ gRPC there", kind: "ratio" },
      ],
      rows: rows.map(({ words, effect, ratio, caution }) => [
        words,
        effect.value,
        effect.low,
        effect.high,
        changeWords({ effect, caution }),
        ratio?.value ?? null,
      ]),
    },
    source,
  });
}

function rowsOf({ effects }: EffectsDrawn): readonly MeasuredEffect[] {
  const measured = effects.flatMap((one) => (one.effect === null ? [] : [{ ...one, effect: one.effect }]));
  return measured.toSorted((a, b) => sizeOf(b) - sizeOf(a));
}

function sizeOf({ effect }: MeasuredEffect): number {
  return Math.abs(Math.log(effect.value));
}

function describe({ baseline, scope }: EffectsDrawn, rows: readonly MeasuredEffect[]): string {
  const parts = changes.flatMap((change) => {
    const some = rows.filter(({ effect }) => changeOf(effect) === change);
    const said = some.map(({ words, effect, caution }) => {
      const careful = caution === "" ? "" : ", no verdict alone";
      return `${words} (${formatRatio(effect.value)}${careful})`;
    });
    return said.length === 0 ? [] : [`${change}: ${said.join(", ")}`];
  });
  const flips = parts.length === 0 ? "No flip was measured" : parts.join("; ");
  return `${sayBaseline(baseline)} How many times that becomes when one factor is flipped, with 99 % intervals: ${flips}. In ${scope}.`;
}

function marks(rows: readonly MeasuredEffect[]): PlotlyObject {
  const shown = rows.map(({ effect }) => effect);
  return {
    type: "scatter",
    mode: "markers+text",
    name: "99 % interval",
    x: shown.map(({ value }) => value),
    y: rows.map((_, y) => y),
    error_x: intervalBars(shown, COLORS.ink),
    text: shown.map(({ value }) => formatRatio(value)),
    textposition: "top center",
    textfont: { size: 12 },
    cliponaxis: false,
    customdata: rows.map(({ effect, caution }) => [
      formatUnlessVast(effect, formatRatioInterval),
      changeWords({ effect, caution }),
    ]),
    marker: { size: 11, color: COLORS.ink, symbol: rows.map(symbolOf) },
    hovertemplate: "%{text} (%{customdata[0]}), %{customdata[1]}<extra></extra>",
  };
}

interface LayoutOptions {
  readonly height: number;
  readonly leftPx: number;
  /** Of a line of a flip's words. */
  readonly letters: number;
  readonly ticks: number;
}

function layout(
  rows: readonly MeasuredEffect[],
  { height, leftPx, letters, ticks }: LayoutOptions,
): PlotlyObject {
  const reach = reachOf(rows);
  return {
    height,
    margin: { l: leftPx, r: 24, t: 40, b: 44 },
    showlegend: false,
    xaxis: ratioAxis(1 / reach, reach, ticks),
    yaxis: {
      ...rowAxis(
        rows.map(({ words }) => `${wrapped(words, letters, 3)} `),
        { above: 0.7, short: 0.4 },
      ),
      tickfont: { size: 12 },
    },
    shapes: [...bands(reach), lineAtOne(1.5)],
    annotations: [side("slows gRPC", 0, "left"), side("slows REST", 1, "right")],
  };
}

/** To which side of 1 which protocol loses, in its colour besides the words above. */
function bands(reach: number): readonly PlotlyObject[] {
  const band = (x0: number, x1: number, color: string) => ({
    ...{ type: "rect", yref: "paper", y0: 0, y1: 1, x0, x1, layer: "below", line: { width: 0 } },
    fillcolor: mix(color, 0.07, "transparent"),
  });
  return [band(1 / reach, 1, COLORS.rest), band(1, reach, COLORS.grpc)];
}

function side(words: string, x: number, anchor: "left" | "right"): PlotlyObject {
  const text = anchor === "left" ? `← ${words}` : `${words} →`;
  return {
    ...{ text, x, xref: "paper", xanchor: anchor, y: 1, yref: "paper", yanchor: "bottom" },
    ...{ showarrow: false, font: { size: 12, color: COLORS.muted } },
  };
}

/** As far to both sides of 1 as the farthest end of an interval whose digits say something. */
function reachOf(rows: readonly MeasuredEffect[]): number {
  const ends = rows.flatMap(({ effect }) => placesOf(effect));
  return 1.25 * Math.exp(Math.max(0.2, ...ends.map((end) => Math.abs(Math.log(end)))));
}
