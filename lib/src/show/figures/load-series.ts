import type { Series, SeriesSecond } from "../../analysis/loads/series.js";
import { COLORS, mix } from "../style.js";
import { formatCount, formatDuration } from "../words/number.js";
import { type ArmStyle, armStyles } from "./arm-style.js";
import type { RunFigureOptions } from "./distribution.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { axisName, failureMarks, panelLines } from "./load-lines.js";
import { type LoadPanel, loadPanels, panelAxis, panelValues } from "./load-panels.js";
import { axisTitle, RULES } from "./log-axis.js";

/** What a figure of a load is made with. */
export interface LoadSeriesOptions extends RunFigureOptions {
  /** From top to bottom; one of which nothing is known is left out. Default calls, users, times, processors. */
  readonly panels?: readonly LoadPanel[];
  /** How long calls were made; what comes later is shaded. */
  readonly runTimeMs: number;
}

const usualPanels: readonly LoadPanel[] = ["calls", "users", "times", "processors"];

/**
 * A load second by second, panels above each other on one time axis: what was asked and answered, what calls took, what
 * server and client used. Every round of an arm is a line of its own; calls that failed are marked by their code.
 *
 * @example
 * loadSeries(seriesOf(calls, info), { source: run.folder, runTimeMs: 30_000, panels: ["calls", "times", "memory"] })
 */
export function loadSeries(
  series: readonly Series[],
  { source, protocols = {}, runTimeMs, panels: asked = usualPanels }: LoadSeriesOptions,
): Figure {
  const panels = asked.filter((panel) => panelValues(panel, series).length > 0);
  const unknown = asked.filter((panel) => !panels.includes(panel));
  const arms = [...new Set(series.map(({ arm }) => arm))];
  const styles = armStyles(arms, protocols);
  const styleOf = (arm: string) => styles[arms.indexOf(arm)] as ArmStyle;
  const data = series.flatMap((round) => {
    const first = round === series.find(({ arm }) => arm === round.arm);
    return panels.flatMap((panel, place) =>
      panelLines(round, { panel, place, style: styleOf(round.arm), inLegend: first && place === 0 }),
    );
  });
  const place = panels.indexOf("calls");
  const marks = place < 0 ? [] : failureMarks(series, { place, styleOf });
  return figure({
    title: "The load, second by second",
    description: describe(series, arms, unknown),
    data: [...data, ...marks],
    layout: layout(series, panels, runTimeMs / 1000),
    narrow: { margin: { l: 56, r: 8, t: 16, b: 48 } },
    table: {
      columns: [
        { name: "arm", kind: "text" },
        { name: "round", kind: "count" },
        { name: "second", kind: "count" },
        { name: "users", kind: "count" },
        { name: "sent", kind: "count" },
        { name: "succeeded", kind: "count" },
        { name: "failed", kind: "count" },
        { name: "median", kind: "duration" },
        { name: "p95", kind: "duration" },
        { name: "p99", kind: "duration" },
        { name: "longest", kind: "duration" },
        { name: "p99 from when due", kind: "duration" },
        { name: "p99 sent late by", kind: "duration" },
        { name: "server's processors", kind: "number" },
        { name: "client's processors", kind: "number" },
        { name: "server's memory", kind: "bytes" },
        { name: "client's memory", kind: "bytes" },
        { name: "client's event loop", kind: "share" },
      ],
      rows: series.flatMap((round) =>
        round.seconds.map((second) => row(round.arm, numberOf(round, series), second)),
      ),
    },
    source,
  });
}

/** Which of its arm's rounds it is. */
function numberOf(round: Series, series: readonly Series[]): number {
  return series.filter(({ arm }) => arm === round.arm).indexOf(round) + 1;
}

function row(arm: string, round: number, second: SeriesSecond) {
  const { p50Ms, p95Ms, p99Ms, maxMs, dueP99Ms, lateP99Ms } = second;
  const { serverCpu, clientCpu, serverBytes, clientBytes, clientLoopUse } = second;
  const counts = [second.second, second.users, second.sent, second.finished, failedIn(second)];
  const used = [serverCpu, clientCpu, serverBytes, clientBytes, clientLoopUse];
  return [arm, round, ...counts, p50Ms, p95Ms, p99Ms, maxMs, dueP99Ms, lateP99Ms, ...used];
}

function failedIn({ failed }: SeriesSecond): number {
  return Object.values(failed).reduce((sum, count) => sum + count, 0);
}

const panelPx = 118;
const headingPx = 26;

function layout(series: readonly Series[], panels: readonly LoadPanel[], runTimeS: number): PlotlyObject {
  const slot = 1 / Math.max(1, panels.length);
  const inner = slot * (1 - headingPx / panelPx);
  const bottom = (place: number) => 1 - (place + 1) * slot;
  const lastS = Math.max(0, ...series.flatMap(({ seconds }) => seconds.map(({ second }) => second + 1)));
  return {
    height: 64 + panelPx * panels.length,
    margin: { l: 64, r: 16, t: 16, b: 48 },
    xaxis: {
      range: [0, lastS],
      anchor: axisName("y", panels.length - 1),
      title: axisTitle("seconds from the load's begin"),
      ...RULES,
    },
    ...Object.fromEntries(
      panels.map((panel, place) => [
        axisName("yaxis", place),
        { ...panelAxis(panel, panelValues(panel, series)), domain: [bottom(place), bottom(place) + inner] },
      ]),
    ),
    shapes: lastS > runTimeS ? [after(runTimeS, lastS)] : [],
    annotations: panels.map((panel, place) => ({
      text: loadPanels[panel].heading,
      xref: "paper",
      yref: "paper",
      x: 0,
      y: bottom(place) + inner,
      xanchor: "left",
      yanchor: "bottom",
      showarrow: false,
      font: { size: 13, color: COLORS.muted },
    })),
  };
}

/** The stretch in which only calls that were under way were waited for. */
function after(fromS: number, toS: number): PlotlyObject {
  return {
    type: "rect",
    xref: "x",
    yref: "paper",
    x0: fromS,
    x1: toS,
    y0: 0,
    y1: 1,
    line: { width: 0 },
    fillcolor: mix(COLORS.ink, 0.07, "transparent"),
    layer: "below",
  };
}

function describe(series: readonly Series[], arms: readonly string[], unknown: readonly LoadPanel[]): string {
  const sentences = arms.map((arm) => {
    const seconds = series.filter((round) => round.arm === arm).flatMap((round) => round.seconds);
    const most = Math.max(...seconds.map(({ finished }) => finished));
    const medians = seconds.flatMap(({ p50Ms }) => (p50Ms === null ? [] : [p50Ms]));
    const failed = seconds.reduce((sum, second) => sum + failedIn(second), 0);
    const took =
      medians.length === 0
        ? "none succeeded"
        : `a second's median from ${formatDuration(Math.min(...medians))} to ${formatDuration(Math.max(...medians))}`;
    return `${arm}: at most ${formatCount(most)} calls a second succeeded, ${took}, ${formatCount(failed)} failed`;
  });
  const missing = unknown.length === 0 ? "" : ` Not known and not drawn: ${unknown.join(", ")}.`;
  return `${sentences.join("; ")}. Where it is shaded no more calls were made.${missing}`;
}
