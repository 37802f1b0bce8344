import type { Estimate } from "../../stats/interval.js";
import { type Figure, figure, type PlotlyObject } from "../figure.js";
import type { PublishedRow } from "../frame.js";
import { formatDuration, formatDurationInterval } from "../number.js";
import { COLORS } from "../style.js";
import { armAxis } from "./arm-axis.js";
import { type ArmProtocols, armStyles } from "./arm-style.js";
import { intervalBars } from "./interval-bars.js";
import { RULES, timeAxis } from "./log-axis.js";

/** A number that both sides have an interval or nothing for. */
export interface PublishedMark extends PublishedRow {
  readonly measured: Estimate | null;
}

/**
 * What a post printed beside what was measured: hollow marks and filled ones with their intervals, a row an arm.
 *
 * @example
 * publishedBesideMeasured(rows, { source: run.folder })
 */
export function publishedBesideMeasured(
  rows: readonly PublishedMark[],
  { source, protocols = {} }: { readonly source: string | null; readonly protocols?: ArmProtocols },
): Figure {
  const [low, high] = rangeOf(rows);
  const metric = rows[0]?.metric ?? "";
  const names = labels(rows);
  return figure({
    title: `Published and measured: ${metric}`,
    description: describe(rows),
    data: [publishedTrace(rows), measuredTrace(rows, protocols)],
    layout: {
      height: 110 + 68 * rows.length,
      margin: { l: 170, r: 24, t: 40, b: 48 },
      xaxis: timeAxis(low, high, 9),
      yaxis: { ...armAxis(names, 22), ...RULES },
    },
    narrow: {
      margin: { l: 104, r: 12, t: 40, b: 48 },
      xaxis: timeAxis(low, high, 4),
      yaxis: { ...armAxis(names, 13), ...RULES },
    },
    table: {
      columns: [
        { name: "arm", kind: "text" },
        { name: "metric", kind: "text" },
        { name: "published", kind: "duration" },
        { name: "measured", kind: "duration" },
        { name: "low", kind: "duration" },
        { name: "high", kind: "duration" },
      ],
      rows: rows.map((row, i) => [
        names[i] as string,
        row.metric,
        row.publishedMs,
        row.measured?.value ?? null,
        row.measured?.low ?? null,
        row.measured?.high ?? null,
      ]),
    },
    source,
  });
}

/** An arm, and where several conditions are shown, its condition. */
function labels(rows: readonly PublishedMark[]): string[] {
  const several = new Set(rows.map(({ condition }) => condition)).size > 1;
  return rows.map(({ arm, condition }) => (several ? `${arm}, ${condition}` : arm));
}

/** From the smallest to the largest number, with room for labels; an interval is followed a factor of 10 at most. */
function rangeOf(rows: readonly PublishedMark[]): readonly [number, number] {
  const values = rows.flatMap(({ publishedMs, measured }) =>
    [publishedMs, measured?.value].filter((value) => typeof value === "number"),
  );
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const ends = rows.flatMap(({ measured }) => (measured === null ? [] : [measured.low, measured.high]));
  const [low, high] = [Math.min(least, ...ends), Math.max(most, ...ends)];
  return [Math.max(low, least / 10) * 0.6, Math.min(high, most * 10) * 1.7];
}

function describe(rows: readonly PublishedMark[]): string {
  const names = labels(rows);
  const parts = rows.map(({ publishedMs, measured }, i) => {
    const here = measured === null ? "not measured" : `${formatDuration(measured.value)} here`;
    return `${names[i]} ${publishedMs === null ? "not printed" : `${formatDuration(publishedMs)} published`}, ${here}`;
  });
  const apart = rows.flatMap(({ remark, measured }, i) =>
    measured === null || remark === "" ? [] : [`${names[i]} is ${remark}`],
  );
  return `${[...parts, ...apart].join("; ")}. The machines differ, so compare distances between rows, not positions.`;
}

function publishedTrace(rows: readonly PublishedMark[]): PlotlyObject {
  const names = labels(rows);
  const shown = rows.flatMap(({ publishedMs }, i) =>
    publishedMs === null ? [] : [{ label: names[i] as string, publishedMs }],
  );
  return {
    type: "scatter",
    mode: "markers+text",
    name: "published",
    x: shown.map(({ publishedMs }) => publishedMs),
    y: shown.map(({ label }) => label),
    text: shown.map(({ publishedMs }) => formatDuration(publishedMs)),
    textposition: "top center",
    textfont: { color: COLORS.muted, size: 12 },
    cliponaxis: false,
    marker: { symbol: "diamond-open", size: 12, color: COLORS.muted, line: { width: 2 } },
    hovertemplate: "published: %{text}<extra>%{y}</extra>",
  };
}

function measuredTrace(rows: readonly PublishedMark[], protocols: ArmProtocols): PlotlyObject {
  const styles = armStyles(
    rows.map(({ arm }) => arm),
    protocols,
  );
  const names = labels(rows);
  const shown = rows.flatMap(({ measured }, i) =>
    measured === null ? [] : [{ label: names[i] as string, measured, color: styles[i]?.color ?? COLORS.ink }],
  );
  return {
    type: "scatter",
    mode: "markers+text",
    name: "measured here, 99 % interval",
    x: shown.map(({ measured }) => measured.value),
    y: shown.map(({ label }) => label),
    error_x: intervalBars(
      shown.map(({ measured }) => measured),
      COLORS.ink,
    ),
    text: shown.map(({ measured }) => formatDuration(measured.value)),
    textposition: "bottom center",
    textfont: { size: 12 },
    cliponaxis: false,
    customdata: shown.map(({ measured }) => formatDurationInterval(measured)),
    marker: { symbol: "circle", size: 11, color: shown.map(({ color }) => color) },
    hovertemplate: "measured: %{text} (%{customdata})<extra>%{y}</extra>",
  };
}
