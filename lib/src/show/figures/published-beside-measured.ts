import type { Estimate } from "../../stats/interval.js";
import type { PublishedRow } from "../frames/published-frame.js";
import { COLORS } from "../style.js";
import { type Column, estimateCells } from "../tables/table.js";
import { formatDuration, formatDurationInterval } from "../words/number.js";
import { type ArmProtocols, armStyles } from "./arm-style.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { intervalBars } from "./interval-bars.js";
import { timeAxis } from "./log-axis.js";
import { plotText, wrapped } from "./plot-text.js";
import { rowAxis } from "./row-layout.js";

/** A number that both sides have an interval or nothing for. */
export interface PublishedMark extends PublishedRow {
  readonly measured: Estimate | null;
  readonly replicated?: Estimate | null;
}

/**
 * What a post printed beside what was measured, on its own stack (squares) and on this project's (circles), with their
 * intervals: a row an arm.
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
  const both = isReplicated(rows);
  return figure({
    title: `Published and measured: ${metric}`,
    description: describe(rows),
    data: [publishedTrace(rows), ...replicatedTraces(rows, protocols), measuredTrace(rows, protocols)],
    layout: {
      height: 110 + (both ? 84 : 68) * rows.length,
      margin: { l: 170, r: 24, t: 40, b: 48 },
      xaxis: timeAxis(low, high, 9),
      yaxis: rowAxis(armLabels(names, 22)),
    },
    narrow: {
      margin: { l: 104, r: 12, t: 40, b: 48 },
      xaxis: timeAxis(low, high, 4),
      yaxis: rowAxis(armLabels(names, 13)),
    },
    table: {
      columns: [
        { name: "arm", kind: "text" },
        { name: "metric", kind: "text" },
        { name: "published", kind: "duration" },
        ...(both ? intervalColumns("replicated") : []),
        ...intervalColumns("ported"),
      ],
      rows: rows.map((row, i) => [
        names[i] as string,
        row.metric,
        row.publishedMs,
        ...(both ? estimateCells(row.replicated ?? null) : []),
        ...estimateCells(row.measured),
      ]),
    },
    source,
  });
}

function isReplicated(rows: readonly PublishedMark[]): boolean {
  return rows.some(({ replicated }) => replicated != null);
}

function intervalColumns(by: "replicated" | "ported"): readonly Column[] {
  return [by, `${by} low`, `${by} high`].map((name) => ({ name, kind: "duration" }));
}

function armLabels(names: readonly string[], letters: number): readonly string[] {
  return names.map((name) => wrapped(name.replaceAll("-", " "), letters));
}

/** How far marks of a kind stand below the middle of their row, in rows. */
function offsetOf(kind: "published" | "replicated" | "ported", both: boolean): number {
  const apart = both ? 0.31 : 0.16;
  return { published: -apart, replicated: 0, ported: apart }[kind];
}

/** An arm, and where several conditions are shown, its condition. */
function labels(rows: readonly PublishedMark[]): string[] {
  const several = new Set(rows.map(({ condition }) => condition)).size > 1;
  return rows.map(({ arm, condition }) => (several ? `${arm}, ${condition}` : arm));
}

/** From the smallest to the largest number, with room for labels; an interval is followed a factor of 10 at most. */
function rangeOf(rows: readonly PublishedMark[]): readonly [number, number] {
  const values = rows.flatMap(({ publishedMs, measured, replicated }) =>
    [publishedMs, measured?.value, replicated?.value].filter((value) => typeof value === "number"),
  );
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const ends = rows
    .flatMap(({ measured, replicated }) => [measured, replicated])
    .flatMap((estimate) => (estimate == null ? [] : [estimate.low, estimate.high]));
  const [low, high] = [Math.min(least, ...ends), Math.max(most, ...ends)];
  return [Math.max(low, least / 10) * 0.6, Math.min(high, most * 10) * 1.7];
}

function describe(rows: readonly PublishedMark[]): string {
  const names = labels(rows);
  const parts = rows.map(({ publishedMs, measured, replicated }, i) => {
    const own =
      replicated == null ? "" : `, ${formatDuration(replicated.value)} on the post's own stack here`;
    const ported = measured === null ? "not measured" : `${formatDuration(measured.value)} ported`;
    return `${names[i]} ${publishedMs === null ? "not printed" : `${formatDuration(publishedMs)} published`}${own}, ${ported}`;
  });
  const apart = rows.flatMap(({ remark, measured }, i) =>
    measured === null || remark === "" ? [] : [`${names[i]} is ${remark}`],
  );
  return `${[...parts, ...apart].join("; ")}. The machines differ, so compare distances between rows, not positions.`;
}

function publishedTrace(rows: readonly PublishedMark[]): PlotlyObject {
  const names = labels(rows);
  const below = offsetOf("published", isReplicated(rows));
  const shown = rows.flatMap(({ publishedMs }, i) =>
    publishedMs === null ? [] : [{ label: names[i] as string, y: i + below, publishedMs }],
  );
  return {
    type: "scatter",
    mode: "markers+text",
    name: "published",
    x: shown.map(({ publishedMs }) => publishedMs),
    y: shown.map(({ y }) => y),
    text: shown.map(({ publishedMs }) => formatDuration(publishedMs)),
    textposition: "top center",
    customdata: shown.map(({ label }) => plotText(label)),
    textfont: { color: COLORS.muted, size: 12 },
    cliponaxis: false,
    marker: { symbol: "diamond-open", size: 12, color: COLORS.muted, line: { width: 2 } },
    hovertemplate: "published: %{text}<extra>%{customdata}</extra>",
  };
}

function measuredTrace(rows: readonly PublishedMark[], protocols: ArmProtocols): PlotlyObject {
  return estimatesTrace(
    rows.map(({ measured }) => measured),
    rows,
    { protocols, by: "ported", name: "ported to TypeScript", symbol: "circle" },
  );
}

function replicatedTraces(rows: readonly PublishedMark[], protocols: ArmProtocols): readonly PlotlyObject[] {
  if (!isReplicated(rows)) return [];
  const look: Look = { protocols, by: "replicated", name: "the post's stack here", symbol: "square" };
  return [
    estimatesTrace(
      rows.map(({ replicated }) => replicated ?? null),
      rows,
      look,
    ),
  ];
}

/** How estimates of one kind are drawn and called. */
interface Look {
  readonly protocols: ArmProtocols;
  readonly by: "replicated" | "ported";
  readonly name: string;
  readonly symbol: string;
}

function estimatesTrace(
  estimates: readonly (Estimate | null)[],
  rows: readonly PublishedMark[],
  { protocols, by, name, symbol }: Look,
): PlotlyObject {
  const styles = armStyles(
    rows.map(({ arm }) => arm),
    protocols,
  );
  const names = labels(rows);
  const below = offsetOf(by, isReplicated(rows));
  const shown = estimates.flatMap((measured, i) =>
    measured === null
      ? []
      : [{ label: names[i] as string, y: i + below, measured, color: styles[i]?.color ?? COLORS.ink }],
  );
  return {
    type: "scatter",
    mode: "markers+text",
    name: `${name}, 99 % interval`,
    x: shown.map(({ measured }) => measured.value),
    y: shown.map(({ y }) => y),
    error_x: intervalBars(
      shown.map(({ measured }) => measured),
      COLORS.ink,
    ),
    text: shown.map(({ measured }) => formatDuration(measured.value)),
    textposition: "top center",
    textfont: { size: 12 },
    cliponaxis: false,
    customdata: shown.map(({ label, measured }) => [formatDurationInterval(measured), plotText(label)]),
    marker: { symbol, size: 11, color: shown.map(({ color }) => color) },
    hovertemplate: `${by}: %{text} (%{customdata[0]})<extra>%{customdata[1]}</extra>`,
  };
}
