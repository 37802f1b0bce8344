import type { Shift } from "../../analysis/shift.js";
import { COLORS } from "../style.js";
import { formatDuration, formatNumber, formatRatio, formatRatioInterval } from "../words/number.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { intervalBars } from "./interval-bars.js";
import { axisTitle, RULES, ratioAxis } from "./log-axis.js";
import { plotText } from "./plot-text.js";

/**
 * The shift function of two arms: their ratio at each decile, with its interval, from the fastest calls to the slowest.
 * A level line is a difference of the same factor for all calls; a slope is one that the fast or the slow calls make.
 *
 * @example
 * shift(shiftOfCalls(await run.calls(), run.info, run.folder, arms), { source: run.folder })
 */
export function shift(shown: Shift, { source }: { readonly source: string | null }): Figure {
  const { first, second, deciles } = shown;
  return figure({
    title: `${first} ÷ ${second}, from the fastest calls to the slowest`,
    description: describe(shown),
    data: [ratios(shown)],
    layout: layout(shown),
    narrow: { margin: { l: 56, r: 12, t: 16, b: 48 } },
    table: {
      columns: [
        { name: "percentile", kind: "count" },
        { name: "ratio", kind: "ratio" },
        { name: "low", kind: "ratio" },
        { name: "high", kind: "ratio" },
        { name: "difference", kind: "duration" },
        { name: "difference low", kind: "duration" },
        { name: "difference high", kind: "duration" },
      ],
      rows: deciles.map(({ p, ratio, difference }) => [
        percent(p),
        ratio.value,
        ratio.low,
        ratio.high,
        difference.value,
        difference.low,
        difference.high,
      ]),
    },
    source,
  });
}

function describe({ first, second, deciles, effect, scope }: Shift): string {
  const at = (p: number) => deciles.find((decile) => percent(decile.p) === p) as Shift["deciles"][number];
  const median = at(50).ratio;
  const longer = effect.delta >= 0 ? first : second;
  const share = (1 + Math.abs(effect.delta)) / 2;
  return [
    `At the 10th percentile ${first} takes ${formatRatio(at(10).ratio.value)} what ${second} takes, at the median`,
    `${formatRatio(median.value)} (99 %: ${formatRatioInterval(median)}, in ${scope}), at the 90th percentile`,
    `${formatRatio(at(90).ratio.value)}; percentiles are those of all calls together, intervals hold for each alone.`,
    `Of a call of each that was measured, the one of ${longer} is the longer ${Math.floor(100 * share)} times in 100`,
    `(Cliff's δ ${formatNumber(effect.delta, 2)}, ${effect.label}).`,
  ].join(" ");
}

function ratios({ deciles }: Shift): PlotlyObject {
  return {
    type: "scatter",
    mode: "lines+markers",
    name: "ratio, 99 % interval",
    showlegend: false,
    x: deciles.map(({ p }) => percent(p)),
    y: deciles.map(({ ratio }) => ratio.value),
    error_y: intervalBars(
      deciles.map(({ ratio }) => ratio),
      COLORS.muted,
    ),
    customdata: deciles.map(
      ({ ratio, difference }) =>
        `${formatRatioInterval(ratio)}, ${formatDuration(Math.abs(difference.value))} apart`,
    ),
    line: { color: COLORS.ink, width: 1.5 },
    marker: { color: COLORS.ink, size: 8 },
    hovertemplate: "%{y:.3g}× (%{customdata})<extra>p%{x}</extra>",
  };
}

function layout({ first, second, deciles }: Shift): PlotlyObject {
  const [low, high] = span(deciles);
  return {
    height: 360,
    margin: { l: 66, r: 16, t: 16, b: 48 },
    xaxis: {
      tickvals: deciles.map(({ p }) => percent(p)),
      range: [5, 95],
      title: axisTitle("percentile of each arm's calls"),
      ...RULES,
    },
    yaxis: {
      ...ratioAxis(low, high, 8),
      title: axisTitle(plotText(`${first} ÷ ${second}`)),
    },
    shapes: [
      { type: "line", xref: "paper", x0: 0, x1: 1, y0: 1, y1: 1, line: { color: COLORS.muted, dash: "dot" } },
    ],
  };
}

/** All ratios and 1, with some room; an interval is followed a factor of 3 beyond them at most. */
function span(deciles: Shift["deciles"]): readonly [number, number] {
  const values = [1, ...deciles.map(({ ratio }) => ratio.value)];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const low = Math.min(least, ...deciles.map(({ ratio }) => ratio.low));
  const high = Math.max(most, ...deciles.map(({ ratio }) => ratio.high));
  return [Math.max(low, least / 3) / 1.1, Math.min(high, most * 3) * 1.1];
}

function percent(p: number): number {
  return Math.round(100 * p);
}
