import type { Series, SeriesSecond } from "../../analysis/loads/series.js";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatShare,
  formatTick,
} from "../words/number.js";
import type { PlotlyObject } from "./figure.js";
import { logAxis, RULES } from "./log-axis.js";

/** What a panel of a load shows over its time. */
export type LoadPanel = "calls" | "users" | "times" | "due" | "processors" | "memory" | "loop";

/** What a panel draws of a second. */
export interface PanelParts {
  /** Above the panel; as short as a phone is narrow. */
  readonly heading: string;
  readonly thick: (second: SeriesSecond) => number | null;
  readonly thin?: (second: SeriesSecond) => number | null;
  /** What is marked in it besides. */
  readonly marked?: (second: SeriesSecond) => readonly number[];
  readonly written: (value: number) => string;
  /** Of an axis from 0; null for a logarithmic one. */
  readonly ticks: PlotlyObject | null;
}

const durations = { written: formatDuration, ticks: null };

/** Each panel's parts. */
export const loadPanels: Readonly<Record<LoadPanel, PanelParts>> = {
  calls: {
    heading: "Calls that succeeded, a second",
    thick: ({ finished }) => finished,
    marked: ({ failed }) => Object.values(failed),
    written: formatCount,
    ticks: { tickformat: "~s" },
  },
  users: { heading: "Users", thick: ({ users }) => users, written: formatCount, ticks: { tickformat: "~s" } },
  times: {
    heading: "Time of a call: median, thin: p99",
    thick: ({ p50Ms }) => p50Ms,
    thin: ({ p99Ms }) => p99Ms,
    ...durations,
  },
  due: {
    heading: "p99 from when due; thin: sent late by",
    thick: ({ dueP99Ms }) => dueP99Ms,
    thin: ({ lateP99Ms }) => lateP99Ms,
    ...durations,
  },
  processors: {
    heading: "Processors in use: server, thin: client",
    thick: ({ serverCpu }) => serverCpu,
    thin: ({ clientCpu }) => clientCpu,
    written: formatNumber,
    ticks: {},
  },
  memory: {
    heading: "Memory: server, thin: client",
    thick: ({ serverBytes }) => serverBytes,
    thin: ({ clientBytes }) => clientBytes,
    written: formatBytes,
    ticks: { tickformat: "~s", ticksuffix: "B" },
  },
  loop: {
    heading: "Client's event loop in use",
    thick: ({ clientLoopUse }) => clientLoopUse,
    written: formatShare,
    ticks: { tickformat: ".0%" },
  },
};

/** Everything that a panel draws. */
export function panelValues(panel: LoadPanel, series: readonly Series[]): readonly number[] {
  const { thick, thin, marked } = loadPanels[panel];
  return series
    .flatMap(({ seconds }) => seconds)
    .flatMap((second) => [thick(second), thin?.(second) ?? null, ...(marked?.(second) ?? [])])
    .filter((value) => value !== null);
}

/** The panel's axis, which holds all of `values`. */
export function panelAxis(panel: LoadPanel, values: readonly number[]): PlotlyObject {
  const { ticks } = loadPanels[panel];
  const most = Math.max(...values);
  if (ticks !== null) return { range: [0, most > 0 ? 1.08 * most : 1], nticks: 4, ...ticks, ...RULES };
  const least = Math.min(...values.filter((value) => value > 0));
  return logAxis(least / 1.2, most * 1.2, { most: 4, written: formatTick });
}
