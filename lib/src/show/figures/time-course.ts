import type { Calls } from "../../record/calls.js";
import { COLORS, mix } from "../style.js";
import { formatCount, formatDuration } from "../words/number.js";
import { type ArmStyle, armStyles } from "./arm-style.js";
import type { RunFigureOptions } from "./distribution.js";
import { type Figure, figure, type Json, type PlotlyObject } from "./figure.js";
import { axisTitle, RULES, timeAxis } from "./log-axis.js";
import { plotText } from "./plot-text.js";
import { type Slot, type Span, slotsOf, warmupsOf } from "./time-slots.js";

/** Slots of time that a pair is cut into; enough to see a drift, few enough to hold many calls each. */
const slotsPerPair = 12;

/** Finer slots that a reader can zoom into are cut into so many each time, hold so many calls on average, and are so few in all that a page stays small. */
const finer = { parts: 4, fewestCalls: 100, mostSlots: 10_000 } as const;

/** So many slots in view are too few where there are finer ones. */
const fewestInView = 24;

/**
 * How long calls took over the run: for each arm the median, a band from the 5th to the 95th percentile and the longest
 * call, warm-up shaded, a gap between pairs. Arms timed in batches are left out. Of many calls there are finer slots, each computed
 * from its own calls, for readers who zoom in.
 *
 * @example
 * timeCourse(await run.calls(), { source: run.folder })
 */
export function timeCourse(calls: Calls, { source, protocols = {} }: RunFigureOptions): Figure {
  const slots = slotsOf(calls, slotsPerPair);
  const styles = armStyles(calls.armNames, protocols);
  const arms = calls.armNames.filter((name) => slots.some(({ arm }) => arm === name));
  const warmups = warmupsOf(calls);
  const low = Math.min(...slots.map(({ p5 }) => p5)) * 0.85;
  const high = Math.max(...slots.map(({ longest }) => longest)) * 1.15;
  const traces = (drawn: readonly Slot[]) =>
    arms.flatMap((arm) => {
      const style = styles[calls.armNames.indexOf(arm)] as ArmStyle;
      const own = drawn.filter((slot) => slot.arm === arm);
      return [bandTrace(arm, own, style), medianTrace(arm, own, style), longestTrace(arm, own, style)];
    });
  const levels = finerSlots(calls, slots);
  return figure({
    title: "Over the run",
    description: describe(arms, slots, warmups.length) + describeFiner(levels.at(-1)?.slots ?? []),
    data: traces(slots),
    ...(levels.length === 0
      ? {}
      : { finer: levels.map(({ within, slots: own }) => ({ within, data: traces(own).map(shortened) })) }),
    layout: {
      height: 440,
      ...(levels.length === 0 ? {} : { dragmode: "zoom" }),
      xaxis: { title: axisTitle("seconds from the start of the run"), ...RULES },
      yaxis: { ...timeAxis(low, high, 9), fixedrange: levels.length > 0 },
      margin: { l: 76, r: 16, t: 16, b: 56 },
      shapes: warmups.map(shade),
    },
    narrow: {
      yaxis: { ...timeAxis(low, high, 6), fixedrange: levels.length > 0 },
      margin: { l: 64, r: 8, t: 16, b: 56 },
    },
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

/** Slots for those who zoom in, and how many seconds are in view at most when they do. */
interface Level {
  readonly within: number;
  readonly slots: readonly Slot[];
}

function finerSlots(calls: Calls, coarsest: readonly Slot[]): readonly Level[] {
  const single = coarsest.reduce((sum, slot) => sum + slot.calls, 0);
  const lines = new Set(coarsest.map(({ arm, pair }) => `${pair} ${arm}`)).size;
  const most = Math.min(single / finer.fewestCalls, finer.mostSlots) / lines;
  const levels: Level[] = [];
  let before = coarsest;
  for (let perPair = slotsPerPair * finer.parts; perPair <= most; perPair *= finer.parts) {
    const within = fewestInView * slotSeconds(before);
    before = slotsOf(calls, perPair);
    levels.push({ within, slots: before });
  }
  return levels;
}

function slotSeconds(slots: readonly Slot[]): number {
  return slots.reduce((longest, { widthS }) => Math.max(longest, widthS), 0);
}

function describeFiner(finest: readonly Slot[]): string {
  if (finest.length === 0) return "";
  const calls = finest.reduce((sum, slot) => sum + slot.calls, 0) / finest.length;
  return ` Drag across a part to zoom in, down to slots of ${formatDuration(1000 * slotSeconds(finest))} with about ${formatCount(Math.round(calls))} calls each; a double click shows all.`;
}

/** Six digits are more than a screen shows. */
function shortened(trace: PlotlyObject): PlotlyObject {
  const short = (value: Json) => (typeof value === "number" ? Number(value.toPrecision(6)) : value);
  const { x, y } = trace as { readonly x: readonly Json[]; readonly y: readonly Json[] };
  return { ...trace, x: x.map(short), y: y.map(short) };
}

function describe(arms: readonly string[], slots: readonly Slot[], shaded: number): string {
  const ranges = arms.map((name) => {
    const medians = slots.filter(({ arm }) => arm === name).map(({ median }) => median);
    return `${name} ${formatDuration(Math.min(...medians))} to ${formatDuration(Math.max(...medians))}`;
  });
  const warmup = shaded === 0 ? "no warm-up was marked" : `warm-up is shaded in ${shaded} pairs`;
  return `Medians along the run, warm-up included, lie between: ${ranges.join(", ")}; bands hold nine calls of ten, dots are the longest call of their time; ${warmup}.`;
}

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
