import type { LoadSummary } from "../../analysis/loads/load.js";
import type { Scaling } from "../../analysis/loads/scaling.js";
import { uslRate } from "../../stats/curves/usl.js";
import type { Estimate } from "../../stats/interval.js";
import { formatDuration, formatNumber } from "../words/number.js";
import { type ArmStyle, armStyles } from "./arm-style.js";
import type { RunFigureOptions } from "./distribution.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { intervalBars } from "./interval-bars.js";
import { axisTitle, logAxis, RULES } from "./log-axis.js";
import { plotText } from "./plot-text.js";
import { rangeFromZero } from "./range-from-zero.js";

/** One way of calling with so many callers. */
export interface LoadLevel {
  /** The way of calling. */
  readonly way: string;
  readonly concurrency: number;
  readonly load: LoadSummary;
}

/**
 * Throughput and latency against concurrency, a line a way of calling with 99 % intervals; dotted is the Universal
 * Scalability Law where it could be fitted.
 *
 * @example
 * againstConcurrency(levels, { scaling, source: run.folder })
 */
export function againstConcurrency(
  levels: readonly LoadLevel[],
  { scaling, source, protocols = {} }: RunFigureOptions & { readonly scaling: readonly Scaling[] },
): Figure {
  const ways = [...new Set(levels.map(({ way }) => way))];
  const styles = armStyles(ways, protocols);
  const callers = [...new Set(levels.map(({ concurrency }) => concurrency))].sort((a, b) => a - b);
  const data = ways.flatMap((way, i) => {
    const own = levels.filter((level) => level.way === way).sort((a, b) => a.concurrency - b.concurrency);
    const style = styles[i] as ArmStyle;
    return [
      line(way, own, style, { of: ({ requestsPerSecond }) => requestsPerSecond, written: formatNumber }),
      { ...line(way, own, style, { of: ({ p50Ms }) => p50Ms, written: formatDuration }), ...lower },
      ...lawLines(way, scaling, style, callers),
    ];
  });
  return figure({
    title: "Throughput and latency against concurrency",
    description: describe(levels, ways, scaling),
    data,
    layout: layout(levels, callers, 9),
    narrow: { xaxis: callersAxis(callers, 5) },
    table: {
      columns: [
        { name: "arm", kind: "text" },
        { name: "callers", kind: "count" },
        { name: "requests per second", kind: "number" },
        { name: "low", kind: "number" },
        { name: "high", kind: "number" },
        { name: "p50", kind: "duration" },
        { name: "p50 low", kind: "duration" },
        { name: "p50 high", kind: "duration" },
      ],
      rows: levels.map(({ way, concurrency, load: { requestsPerSecond, p50Ms } }) => [
        way,
        concurrency,
        ...bounds(requestsPerSecond),
        ...bounds(p50Ms),
      ]),
    },
    source,
  });
}

const lower = { yaxis: "y2", showlegend: false } as const;

function bounds(estimate: Estimate | null) {
  return [estimate?.value ?? null, estimate?.low ?? null, estimate?.high ?? null];
}

function line(
  way: string,
  levels: readonly LoadLevel[],
  { color, symbol, dash }: ArmStyle,
  { of, written }: { of: (load: LoadSummary) => Estimate | null; written: (value: number) => string },
): PlotlyObject {
  const known = levels.flatMap(({ concurrency, load }) => {
    const estimate = of(load);
    return estimate === null ? [] : [{ concurrency, estimate }];
  });
  return {
    type: "scatter",
    mode: "lines+markers",
    name: plotText(way),
    legendgroup: way,
    x: known.map(({ concurrency }) => concurrency),
    y: known.map(({ estimate }) => estimate.value),
    text: known.map(({ estimate }) => written(estimate.value)),
    error_y: intervalBars(
      known.map(({ estimate }) => estimate),
      color,
    ),
    line: { color, dash, width: 2 },
    marker: { color, symbol, size: 9 },
    hovertemplate: "%{x} callers: %{text}<extra>%{fullData.name}</extra>",
  };
}

function lawLines(
  way: string,
  scaling: readonly Scaling[],
  { color }: ArmStyle,
  callers: readonly number[],
): PlotlyObject[] {
  const law = scaling.find(({ arm }) => arm === way)?.law;
  if (law === undefined || law === null) return [];
  const most = callers.at(-1) as number;
  const x = Array.from({ length: 60 }, (_, i) => most ** (i / 59));
  return [
    {
      type: "scatter",
      mode: "lines",
      name: plotText(`${way}, fitted law`),
      legendgroup: way,
      x,
      y: x.map((n) => uslRate(law, n)),
      line: { color, dash: "dot", width: 1.5 },
      hoverinfo: "skip",
    },
  ];
}

function layout(levels: readonly LoadLevel[], callers: readonly number[], ticks: number): PlotlyObject {
  const times = levels.flatMap(({ load: { p50Ms } }) => (p50Ms === null ? [] : [p50Ms.value]));
  const rates = levels.map(({ load }) => load.requestsPerSecond);
  return {
    height: 520,
    margin: { l: 72, r: 16, t: 24, b: 48 },
    xaxis: { ...callersAxis(callers, ticks), anchor: "y2", title: axisTitle("callers at the same time") },
    yaxis: {
      domain: [0.54, 1],
      range: rangeFromZero(rates),
      tickformat: "~s",
      title: axisTitle("requests/s"),
      ...RULES,
    },
    yaxis2: {
      domain: [0, 0.44],
      title: axisTitle("median request"),
      ...logAxis(Math.min(...times) / 1.6, Math.max(...times) * 1.6, { most: 5, written: formatDuration }),
    },
  };
}

function callersAxis(callers: readonly number[], most: number): PlotlyObject {
  const every = Math.ceil(callers.length / most);
  const [least, largest] = [callers[0] as number, callers.at(-1) as number];
  return {
    type: "log",
    range: [Math.log10(least * 0.85), Math.log10(largest * 1.15)],
    tickvals: callers.filter((_, i) => i % every === 0),
    ticktext: callers.filter((_, i) => i % every === 0).map(String),
    tickangle: 0,
    ...RULES,
  };
}

function describe(
  levels: readonly LoadLevel[],
  ways: readonly string[],
  scaling: readonly Scaling[],
): string {
  const best = ways.map((way) => {
    const own = levels.filter((level) => level.way === way && level.load.requestsPerSecond !== null);
    const top = own.toSorted(
      (a, b) => (b.load.requestsPerSecond?.value ?? 0) - (a.load.requestsPerSecond?.value ?? 0),
    )[0];
    return top === undefined
      ? `${way} has no rate`
      : `${way} most at ${top.concurrency} callers, ${formatNumber(top.load.requestsPerSecond?.value ?? null)} requests a second`;
  });
  const fitted = scaling.some(({ law }) => law !== null);
  return `${best.join("; ")}. Lines up and down are 99 % intervals.${fitted ? " Dotted: the Universal Scalability Law." : ""}`;
}
