import type { Calls } from "../../record/calls.js";
import { percentile } from "../../stats/percentile.js";
import { type Figure, figure, type PlotlyObject } from "../figure.js";
import { formatDuration } from "../number.js";
import { COLORS, mix } from "../style.js";
import { type ArmStyle, armStyles } from "./arm-style.js";
import type { RunFigureOptions } from "./distribution.js";
import { axisTitle, RULES, timeAxis } from "./log-axis.js";
import { plotText } from "./plot-text.js";

/** Slots of time that a pair is cut into; enough to see a drift, few enough to hold many calls each. */
const SLOTS_PER_PAIR = 12;

/** What an arm took in one slot of a pair; durations in ms, times in s from the run's start. */
interface Slot {
  readonly arm: string;
  readonly pair: number;
  readonly atS: number;
  readonly calls: number;
  readonly p5: number;
  readonly median: number;
  readonly p95: number;
  readonly longest: number;
}

/**
 * How long calls took over the run: for each arm the median, a band from the 5th to the 95th percentile and the longest
 * call, warm-up shaded, a gap between pairs. Arms timed in batches are left out.
 *
 * @example
 * timeCourse(await run.calls(), { source: run.folder })
 */
export function timeCourse(calls: Calls, { source, protocols = {} }: RunFigureOptions): Figure {
  const slots = slotsOf(calls);
  const styles = armStyles(calls.armNames, protocols);
  const arms = calls.armNames.filter((name) => slots.some(({ arm }) => arm === name));
  const warmups = warmupsOf(calls);
  const low = Math.min(...slots.map(({ p5 }) => p5)) * 0.85;
  const high = Math.max(...slots.map(({ longest }) => longest)) * 1.15;
  return figure({
    title: "Over the run",
    description: describe(arms, slots, warmups.length),
    data: arms.flatMap((arm) => {
      const style = styles[calls.armNames.indexOf(arm)] as ArmStyle;
      const own = slots.filter((slot) => slot.arm === arm);
      return [bandTrace(arm, own, style), medianTrace(arm, own, style), longestTrace(arm, own, style)];
    }),
    layout: {
      height: 440,
      xaxis: { title: axisTitle("seconds from the start of the run"), ...RULES },
      yaxis: { ...timeAxis(low, high, 9) },
      margin: { l: 76, r: 16, t: 16, b: 56 },
      shapes: warmups.map(shade),
    },
    narrow: { yaxis: { ...timeAxis(low, high, 6) }, margin: { l: 64, r: 8, t: 16, b: 56 } },
    table: {
      columns: [
        { name: "arm", kind: "text" },
        { name: "pair", kind: "count" },
        { name: "around", kind: "moment" },
        { name: "calls", kind: "count" },
        { name: "p5", kind: "duration" },
        { name: "median", kind: "duration" },
        { name: "p95", kind: "duration" },
        { name: "longest", kind: "duration" },
      ],
      rows: slots.map(({ arm, pair, atS, calls: n, p5, median, p95, longest }) => [
        arm,
        pair + 1,
        atS,
        n,
        p5,
        median,
        p95,
        longest,
      ]),
    },
    source,
  });
}

function describe(arms: readonly string[], slots: readonly Slot[], shaded: number): string {
  const ranges = arms.map((name) => {
    const medians = slots.filter(({ arm }) => arm === name).map(({ median }) => median);
    return `${name} ${formatDuration(Math.min(...medians))} to ${formatDuration(Math.max(...medians))}`;
  });
  const warmup = shaded === 0 ? "no warm-up was marked" : `warm-up is shaded in ${shaded} pairs`;
  return `Medians along the run, warm-up included, lie between: ${ranges.join(", ")}; bands hold nine calls of ten, dots are the longest call of their time; ${warmup}.`;
}

function slotsOf(calls: Calls): Slot[] {
  const spans = spansOf(calls);
  const groups = new Map<string, { arm: string; pair: number; atS: number; durations: number[] }>();
  for (let row = 0; row < calls.length; row++) {
    if (calls.ok[row] !== 1 || (calls.calls[row] ?? 1) > 1) continue;
    const pair = calls.pair[row] ?? 0;
    const { fromMs, toMs } = spans.get(pair) as Span;
    const widthMs = (toMs - fromMs) / SLOTS_PER_PAIR || 1;
    const slot = Math.min(SLOTS_PER_PAIR - 1, Math.floor(((calls.startMs[row] ?? 0) - fromMs) / widthMs));
    const arm = calls.armNames[calls.arm[row] ?? 0] ?? "";
    const key = `${arm}\n${pair}\n${slot}`;
    const group = groups.get(key) ?? {
      arm,
      pair,
      atS: (fromMs + (slot + 0.5) * widthMs) / 1000,
      durations: [],
    };
    group.durations.push(calls.durationMs[row] ?? Number.NaN);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ durations, ...place }) => {
    const sorted = Float64Array.from(durations).sort();
    const at = (p: number) => percentile(sorted, p);
    return { ...place, calls: sorted.length, p5: at(0.05), median: at(0.5), p95: at(0.95), longest: at(1) };
  });
}

/** From the first start to the last, of one pair. */
interface Span {
  fromMs: number;
  toMs: number;
}

function spansOf(calls: Calls, wanted: (row: number) => boolean = () => true): Map<number, Span> {
  const spans = new Map<number, Span>();
  for (let row = 0; row < calls.length; row++) {
    if (!wanted(row)) continue;
    const startMs = calls.startMs[row] ?? 0;
    const span = spans.get(calls.pair[row] ?? 0);
    if (span === undefined) spans.set(calls.pair[row] ?? 0, { fromMs: startMs, toMs: startMs });
    else {
      span.fromMs = Math.min(span.fromMs, startMs);
      span.toMs = Math.max(span.toMs, startMs);
    }
  }
  return spans;
}

const warmupsOf = (calls: Calls): Span[] => [...spansOf(calls, (row) => calls.warmup[row] === 1).values()];

function shade({ fromMs, toMs }: Span): PlotlyObject {
  return {
    type: "rect",
    xref: "x",
    yref: "paper",
    x0: fromMs / 1000,
    x1: toMs / 1000,
    y0: 0,
    y1: 1,
    line: { width: 0 },
    fillcolor: mix(COLORS.ink, 0.07, "transparent"),
    layer: "below",
  };
}

/** Values of consecutive pairs with a hole between them, so that no line joins two processes. */
function withGaps<T>(slots: readonly Slot[], value: (slot: Slot) => T): (T | null)[] {
  return slots.flatMap((slot, i) => {
    const before = slots[i - 1];
    return before !== undefined && before.pair !== slot.pair ? [null, value(slot)] : [value(slot)];
  });
}

function medianTrace(arm: string, slots: readonly Slot[], style: ArmStyle): PlotlyObject {
  return {
    type: "scatter",
    mode: "lines+markers",
    name: plotText(arm),
    legendgroup: arm,
    x: withGaps(slots, ({ atS }) => atS),
    y: withGaps(slots, ({ median }) => median),
    text: withGaps(slots, ({ median }) => formatDuration(median)),
    line: { color: style.color, width: 2 },
    marker: { color: style.color, symbol: style.symbol, size: 5 },
    hovertemplate: "median %{text}<extra>%{fullData.name}</extra>",
  };
}

function longestTrace(arm: string, slots: readonly Slot[], style: ArmStyle): PlotlyObject {
  return {
    type: "scatter",
    mode: "markers",
    name: plotText(arm),
    legendgroup: arm,
    showlegend: false,
    x: slots.map(({ atS }) => atS),
    y: slots.map(({ longest }) => longest),
    text: slots.map(({ longest }) => formatDuration(longest)),
    marker: { color: style.color, symbol: `${style.symbol}-open`, size: 4, opacity: 0.55 },
    hovertemplate: "longest %{text}<extra>%{fullData.name}</extra>",
  };
}

/** One closed outline a pair, there along the 95th percentile and back along the 5th. */
function bandTrace(arm: string, slots: readonly Slot[], style: ArmStyle): PlotlyObject {
  const pairs = [...new Set(slots.map(({ pair }) => pair))].map((pair) =>
    slots.filter((slot) => slot.pair === pair),
  );
  const outline = (value: (slot: Slot, upper: boolean) => number) =>
    pairs.flatMap((own, i) => [
      ...(i === 0 ? [] : [null]),
      ...own.map((slot) => value(slot, true)),
      ...[...own].reverse().map((slot) => value(slot, false)),
    ]);
  return {
    type: "scatter",
    mode: "lines",
    name: plotText(arm),
    legendgroup: arm,
    showlegend: false,
    x: outline(({ atS }) => atS),
    y: outline(({ p5, p95 }, upper) => (upper ? p95 : p5)),
    fill: "toself",
    fillcolor: mix(style.color, 0.16, "transparent"),
    line: { width: 0 },
    hoverinfo: "skip",
  };
}
