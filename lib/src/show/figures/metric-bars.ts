import type { LoadSummary } from "../../analysis/loads/load.js";
import type { Estimate } from "../../stats/interval.js";
import { COLORS } from "../style.js";
import { formatCount, formatDuration, formatDurationInterval, formatNumber } from "../words/number.js";
import { armStyles } from "./arm-style.js";
import type { RunFigureOptions } from "./distribution.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { intervalBars } from "./interval-bars.js";
import { axisTitle, RULES } from "./log-axis.js";
import { plotText } from "./plot-text.js";
import { rangeFromZero } from "./range-from-zero.js";

const LATENCIES = [
  ["average", ({ meanMs }: LoadSummary) => meanMs],
  ["p50", ({ p50Ms }: LoadSummary) => p50Ms],
  ["p90", ({ p90Ms }: LoadSummary) => p90Ms],
  ["p95", ({ p95Ms }: LoadSummary) => p95Ms],
  ["p99", ({ p99Ms }: LoadSummary) => p99Ms],
] as const;

/**
 * Key metrics of arms under the same load as bars from 0: latencies, and requests per second beside them. Percentiles and
 * rates carry their 99 % intervals; what there was too little data for has no bar.
 *
 * @example
 * metricBars(loads, { load: "10 callers", source: run.folder })
 */
export function metricBars(
  loads: readonly LoadSummary[],
  { load, source, protocols = {} }: RunFigureOptions & { readonly load: string },
): Figure {
  const styles = armStyles(
    loads.map(({ arm }) => arm),
    protocols,
  );
  const unit = unitOf(loads);
  return figure({
    title: `Key metrics, ${load}`,
    description: describe(loads),
    data: loads.flatMap((summary, i) => [
      latencyBars(summary, styles[i]?.color ?? COLORS.ink, unit),
      rateBar(summary, styles[i]?.color ?? COLORS.ink),
    ]),
    layout: layout(loads, unit, [0, 0.66]),
    narrow: layout(loads, unit, [0, 0.58]),
    table: {
      columns: [
        { name: "arm", kind: "text" },
        ...LATENCIES.map(([name]) => ({ name, kind: "duration" as const })),
        { name: "requests per second", kind: "number" },
      ],
      rows: loads.map((summary) => [
        summary.arm,
        ...LATENCIES.map(([, value]) => value(summary)?.value ?? null),
        summary.requestsPerSecond?.value ?? null,
      ]),
    },
    source,
  });
}

interface Unit {
  readonly name: string;
  readonly perMs: number;
}

function unitOf(loads: readonly LoadSummary[]): Unit {
  const largest = Math.max(...loads.flatMap((load) => LATENCIES.map(([, value]) => value(load)?.value ?? 0)));
  if (largest < 1) return { name: "µs", perMs: 1000 };
  return largest < 10_000 ? { name: "ms", perMs: 1 } : { name: "s", perMs: 0.001 };
}

function scaled({ value, low, high }: Estimate, factor: number) {
  return { value: value * factor, low: low * factor, high: high * factor };
}

function latencyBars(summary: LoadSummary, color: string, { perMs }: Unit): PlotlyObject {
  const shown = LATENCIES.flatMap(([name, of]) => {
    const estimate = of(summary);
    return estimate === null ? [] : [{ name, estimate }];
  });
  return {
    type: "bar",
    name: plotText(summary.arm),
    legendgroup: summary.arm,
    x: shown.map(({ name }) => name),
    y: shown.map(({ estimate }) => estimate.value * perMs),
    text: shown.map(
      ({ estimate }) => `${formatDuration(estimate.value)} (${formatDurationInterval(estimate)})`,
    ),
    textposition: "none",
    marker: { color },
    error_y: intervalBars(
      shown.map(({ estimate }) => scaled(estimate, perMs)),
      COLORS.ink,
    ),
    hovertemplate: "%{x}: %{text}<extra>%{fullData.name}</extra>",
  };
}

function rateBar({ arm, requestsPerSecond }: LoadSummary, color: string): PlotlyObject {
  return {
    type: "bar",
    name: plotText(arm),
    legendgroup: arm,
    showlegend: false,
    xaxis: "x2",
    yaxis: "y2",
    x: ["requests/s"],
    y: [requestsPerSecond?.value ?? null],
    text: [formatNumber(requestsPerSecond?.value ?? null)],
    textposition: "none",
    marker: { color },
    ...(requestsPerSecond !== null && { error_y: intervalBars([requestsPerSecond], COLORS.ink) }),
    hovertemplate: "%{text} requests/s<extra>%{fullData.name}</extra>",
  };
}

function layout(loads: readonly LoadSummary[], unit: Unit, domain: readonly number[]): PlotlyObject {
  const times = loads.flatMap((load) => LATENCIES.map(([, of]) => of(load)));
  const rates = loads.map(({ requestsPerSecond }) => requestsPerSecond);
  return {
    height: 380,
    barmode: "group",
    bargap: 0.3,
    margin: { l: 66, r: 12, t: 24, b: 40 },
    xaxis: { domain, categoryarray: LATENCIES.map(([name]) => name), ...RULES },
    xaxis2: { domain: [0.8, 1], anchor: "y2", ...RULES },
    yaxis: {
      title: axisTitle(`time of a request, ${unit.name}`),
      range: rangeFromZero(times, unit.perMs),
      ...RULES,
    },
    yaxis2: { anchor: "x2", tickformat: "~s", range: rangeFromZero(rates), ...RULES },
  };
}

function describe(loads: readonly LoadSummary[]): string {
  const lacking = loads.some((load) => LATENCIES.some(([, of]) => of(load) === null));
  const said = loads.map(
    ({ arm, meanMs, requests, requestsPerSecond }) =>
      `${arm} ${formatDuration(meanMs?.value ?? null)} on average and ${formatNumber(requestsPerSecond?.value ?? null)} requests a second, of ${formatCount(requests)} requests`,
  );
  return `${said.join("; ")}. Lines on the bars are 99 % intervals.${lacking ? " A bar that is missing had too few requests." : ""}`;
}
