import type { HistoryPoint, HistorySeries } from "../../analysis/runs/history.js";
import { fromZero } from "../../stats/interval.js";
import { levelOf } from "../../verdicts/runs/history-words.js";
import { formatDuration, formatDurationInterval, formatMoment, formatUnlessVast } from "../words/number.js";
import { type ArmStyle, armStyles } from "./arm-style.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { intervalBars } from "./interval-bars.js";
import { axisTitle, logAxis, RULES } from "./log-axis.js";
import { plotText } from "./plot-text.js";

/**
 * A metric of each arm, run after run, with 99 % intervals, on a logarithmic axis. Where a series changed, the first run of the new level
 * has a large open mark around it and a dotted line stands before it; level lines run between changes.
 *
 * @example
 * history(series, { title: "The median of runs named increment", source: "data/runs" })
 */
export function history(
  series: readonly HistorySeries[],
  { title, source }: { readonly title: string; readonly source: string | null },
): Figure {
  const runs = runsOf(series);
  const styles = armStyles(series.map(({ arm }) => arm));
  const drawn = series.map((one, i) => {
    // Side by side, so that no bar hides another.
    return { one, style: styles[i] as ArmStyle, aside: ((i + 0.5) / series.length - 0.5) * asideMost };
  });
  return figure({
    title,
    description: describe(series, runs),
    data: drawn.flatMap(({ one, style, aside }) => [
      marks(one, { runs, aside }, style),
      levels(one, runs, style),
      rings(one, { runs, aside }, style),
    ]),
    layout: layout(series, runs, { ticks: 8 }),
    narrow: { xaxis: runAxis(runs, 3), legend: { orientation: "h", x: 0, y: -0.28, yanchor: "top" } },
    table: {
      columns: [
        { name: "run", kind: "text" },
        { name: "began (UTC)", kind: "text" },
        { name: "arm", kind: "text" },
        { name: series[0]?.metric ?? "median", kind: "duration" },
        { name: "low", kind: "duration" },
        { name: "high", kind: "duration" },
        { name: "failed", kind: "share" },
        { name: "change", kind: "text" },
      ],
      rows: series.flatMap(({ arm, points, changes }) =>
        points.map(({ past, value, interval, failedShare }, i) => [
          past.run,
          formatMoment(past.info.startedAt),
          arm,
          value,
          interval?.low ?? null,
          interval?.high ?? null,
          failedShare,
          changes.some(({ at }) => at === i) ? "changed here" : "",
        ]),
      ),
    },
    source,
  });
}

/** Folder names of all runs in the order of time. */
function runsOf(
  series: readonly HistorySeries[],
): readonly { readonly run: string; readonly startedAt: string }[] {
  const all = new Map(
    series.flatMap(({ points }) => points.map(({ past }) => [past.run, past.info.startedAt] as const)),
  );
  return [...all]
    .map(([run, startedAt]) => ({ run, startedAt }))
    .toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || a.run.localeCompare(b.run));
}

type Runs = ReturnType<typeof runsOf>;

/** How far the arms of a run are drawn from each other at most, where runs are 1 apart. */
const asideMost = 0.4;

interface Places {
  readonly runs: Runs;
  readonly aside: number;
}

function placeOf(runs: Runs, { past }: HistoryPoint): number {
  return runs.findIndex(({ run }) => run === past.run);
}

function marks(
  { arm, points }: HistorySeries,
  { runs, aside }: Places,
  { color, symbol }: ArmStyle,
): PlotlyObject {
  const intervals = points.map(({ value, interval }) => {
    if (interval === null) return { value, low: value, high: value };
    return { ...fromZero(interval), value };
  });
  return {
    type: "scatter",
    mode: "markers",
    name: plotText(arm),
    legendgroup: arm,
    x: points.map((point) => placeOf(runs, point) + aside),
    y: points.map(({ value }) => value),
    error_y: intervalBars(intervals, color),
    customdata: points.map(({ past, value, interval }) => [
      plotText(past.run),
      formatDuration(value),
      interval === null ? "one block, no interval" : formatUnlessVast(interval, formatDurationInterval),
    ]),
    marker: { color, symbol, size: 8 },
    hovertemplate: "%{customdata[0]}: %{customdata[1]} (%{customdata[2]})<extra>%{fullData.name}</extra>",
  };
}

/** The level between changes, with a gap at each. */
function levels(
  { arm, points, changes }: HistorySeries,
  runs: Runs,
  { color, dash }: ArmStyle,
): PlotlyObject {
  const starts = [0, ...changes.map(({ at }) => at)];
  const parts = starts.flatMap((from, i) => {
    const stretch = points.slice(from, starts[i + 1]);
    const [left, right] = [stretch[0], stretch.at(-1)];
    if (left === undefined || right === undefined) return [];
    const level = levelOf(stretch);
    return [
      {
        x: [placeOf(runs, left) - 0.4, placeOf(runs, right) + 0.4, null],
        y: [level, level, null],
      },
    ];
  });
  return {
    type: "scatter",
    mode: "lines",
    name: plotText(arm),
    legendgroup: arm,
    showlegend: false,
    x: parts.flatMap(({ x }) => x),
    y: parts.flatMap(({ y }) => y),
    line: { color, dash, width: 1.5 },
    hoverinfo: "skip",
  };
}

function rings(
  { arm, points, changes }: HistorySeries,
  { runs, aside }: Places,
  { color }: ArmStyle,
): PlotlyObject {
  const changed = changes.map(({ at }) => points[at] as HistoryPoint);
  return {
    type: "scatter",
    mode: "markers",
    name: plotText(`${arm}: changed`),
    legendgroup: arm,
    showlegend: changed.length > 0,
    x: changed.map((point) => placeOf(runs, point) + aside),
    y: changed.map(({ value }) => value),
    marker: { color, symbol: "diamond-open", size: 20, line: { color, width: 2 } },
    hoverinfo: "skip",
  };
}

function layout(
  series: readonly HistorySeries[],
  runs: Runs,
  { ticks }: { readonly ticks: number },
): PlotlyObject {
  const ends = series.flatMap(({ points }) =>
    points.flatMap(({ value, interval }) => [
      Math.max(interval?.low ?? value, value / furthest),
      Math.min(interval?.high ?? value, value * furthest),
    ]),
  );
  const [least, most] = ends.length === 0 ? [1, 10] : [Math.min(...ends), Math.max(...ends)];
  const changed = series.flatMap(({ points, changes }) =>
    changes.map(({ at }) => placeOf(runs, points[at] as HistoryPoint)),
  );
  return {
    height: 420,
    margin: { l: 72, r: 16, t: 24, b: 64 },
    xaxis: runAxis(runs, ticks),
    yaxis: {
      title: axisTitle(series[0]?.metric ?? "median"),
      ...logAxis(least / 1.15, most * 1.15, { most: 6, written: formatDuration }),
    },
    shapes: [...new Set(changed)].map((place) => ({
      ...{ type: "line", yref: "paper", y0: 0, y1: 1, x0: place - 0.5, x1: place - 0.5, layer: "below" },
      line: { color: "var(--wl-muted)", width: 1, dash: "dot" },
    })),
  };
}

/** A vast interval would press everything else together. */
const furthest = 3;

function runAxis(runs: Runs, most: number): PlotlyObject {
  const every = Math.max(1, Math.ceil(runs.length / most));
  const shown = runs.map((run, place) => ({ ...run, place })).filter(({ place }) => place % every === 0);
  return {
    range: [-0.7, Math.max(1, runs.length) - 0.3],
    tickvals: shown.map(({ place }) => place),
    ticktext: shown.map(({ startedAt }) => startedAt.slice(5, 16).replace("T", "<br>")),
    tickangle: 0,
    title: axisTitle("when a run began (UTC)"),
    ...RULES,
  };
}

function describe(series: readonly HistorySeries[], runs: Runs): string {
  const said = series.map(({ arm, points, changes }) => {
    const where = changes.map(({ at }) => (points[at] as HistoryPoint).past.run);
    return `${arm} ${where.length === 0 ? "without a change" : `changed with ${where.join(" and ")}`}`;
  });
  return `${runs.length} runs from left to right, ${said.join("; ")}. Bars are 99 % intervals, lines the level between changes; a diamond is around the first run after a change.`;
}
