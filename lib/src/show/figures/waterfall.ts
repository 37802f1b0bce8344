import { isSeen, type Ladder, waysOf } from "../../analysis/layers/ladder.js";
import type { Estimate } from "../../stats/interval.js";
import { tooSmall } from "../frames/ladder-frame.js";
import { COLORS, mix } from "../style.js";
import { formatDifference, formatDifferenceEstimate, formatDuration } from "../words/number.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { axisTitle, RULES } from "./log-axis.js";
import { wrapped } from "./plot-text.js";
import { legendOnTop, rowAxis } from "./row-layout.js";

type Side = "rest" | "none" | "grpc" | "left over";

/** One bar, in ms: a level stands on 0, a step on where the one before it ended. */
interface Bar {
  readonly label: string;
  readonly side: Side;
  readonly fromMs: number;
  readonly toMs: number;
  /** What is known of a step; null for a level. */
  readonly step: Estimate | null;
}

const rowPx = 44;

/**
 * The way from a call over REST to one over gRPC in µs: down to bare TCP a layer at a time, up again on the other side, then
 * what the whole, measured apart, leaves over; each step with its 99 % interval.
 *
 * @example
 * waterfall(ladder, { source: run.folder })
 */
export function waterfall(ladder: Ladder, { source }: { readonly source: string | null }): Figure {
  const bars = barsOf(ladder);
  return figure({
    anchor: "figure-waterfall",
    title: "Where the time goes: from REST to gRPC, a layer at a time",
    description: describe(ladder, bars),
    data: tracesOf(bars),
    layout: layout(bars, { leftPx: 290, letters: 40, ticks: 8 }),
    narrow: layout(bars, { leftPx: 130, letters: 17, ticks: 4 }),
    table: {
      columns: [
        { name: "step", kind: "text" },
        { name: "from", kind: "duration" },
        { name: "to", kind: "duration" },
        { name: "difference", kind: "difference" },
        { name: "low", kind: "difference" },
        { name: "high", kind: "difference" },
        { name: "remark", kind: "text" },
      ],
      rows: bars.map(({ label, fromMs, toMs, step }) => [
        label,
        step === null ? null : fromMs,
        toMs,
        step === null ? null : toMs - fromMs,
        step?.low ?? null,
        step?.high ?? null,
        isUnseen(step) ? tooSmall : "",
      ]),
    },
    source,
  });
}

/** Steps downwards are the rungs' own with the other sign; one that could not be had ends the figure at what is known. */
function barsOf(ladder: Ladder): readonly Bar[] {
  const { down, up } = waysOf(ladder);
  const start = ladder.rungs.find(({ name }) => name === ladder.ends.rest)?.level ?? null;
  const steps = [...down, ...up];
  if (start === null || steps.some(({ step }) => step === null)) return [];
  let atMs = start.value;
  const level = (label: string, side: Side): Bar => ({ label, side, fromMs: 0, toMs: atMs, step: null });
  const step = (label: string, side: Side, estimate: Estimate): Bar => {
    const fromMs = atMs;
    atMs += estimate.value;
    return { label, side, fromMs, toMs: atMs, step: estimate };
  };
  const apart = ladder.leftOver === null ? [] : [ladder.leftOver];
  return [
    level("REST", "rest"),
    ...down.flatMap((rung) =>
      rung.step === null ? [] : [step(`less: ${rung.changes}`, "rest", negative(rung.step))],
    ),
    level("bare TCP", "none"),
    ...up.flatMap((rung) => (rung.step === null ? [] : [step(rung.changes, "grpc", rung.step)])),
    ...apart.map((estimate) => step("left over, in no step", "left over", estimate)),
    level(apart.length === 0 ? "gRPC, as the steps add up" : "gRPC, by the whole", "grpc"),
  ];
}

function negative({ value, low, high, confidence }: Estimate): Estimate {
  return { value: -value, low: -high, high: -low, confidence };
}

function describe(ladder: Ladder, bars: readonly Bar[]): string {
  if (bars.length === 0) return "There is nothing to draw, since some steps could not be had.";
  const parts = bars.map((bar) => `${bar.label}: ${sayBar(bar)}`);
  return `${parts.join("; ")}. In ${ladder.scope}.`;
}

function sayBar({ toMs, step }: Bar): string {
  return step === null ? formatDuration(toMs) : formatDifferenceEstimate(step);
}

function isUnseen(step: Estimate | null): boolean {
  return step !== null && !isSeen(step);
}

const looks: Readonly<
  Record<Side, { readonly name: string; readonly color: string; readonly pattern: string }>
> = {
  rest: { name: "REST's layers", color: COLORS.rest, pattern: "" },
  none: { name: "bare TCP", color: COLORS.none, pattern: "" },
  grpc: { name: "gRPC's layers", color: COLORS.grpc, pattern: "" },
  "left over": { name: "left over", color: COLORS.muted, pattern: "/" },
};

function tracesOf(bars: readonly Bar[]): readonly PlotlyObject[] {
  const sides = [...new Set(bars.map(({ side }) => side))];
  return [...sides.map((side) => barTrace(bars, side)), intervalTrace(bars)];
}

function barTrace(bars: readonly Bar[], side: Side): PlotlyObject {
  const own = bars.flatMap((bar, y) => (bar.side === side ? [{ ...bar, y }] : []));
  const { name, color, pattern } = looks[side];
  return {
    type: "bar",
    orientation: "h",
    name,
    y: own.map(({ y }) => y),
    base: own.map(({ fromMs }) => fromMs * 1000),
    x: own.map(({ fromMs, toMs }) => (toMs - fromMs) * 1000),
    width: own.map(({ step }) => (step === null ? 0.72 : 0.5)),
    marker: {
      color: own.map(({ step }) => (step === null ? color : mix(color, 0.62, COLORS.paper))),
      line: { color, width: 1 },
      pattern: { shape: pattern },
    },
    customdata: own.map(sayBar),
    hovertemplate: "%{customdata}<extra></extra>",
  };
}

/** At the end of each bar its number, and there the interval of a step. */
function intervalTrace(bars: readonly Bar[]): PlotlyObject {
  const reach = ({ step }: Bar, of: (estimate: Estimate) => number) => (step === null ? 0 : of(step) * 1000);
  return {
    type: "scatter",
    mode: "markers",
    name: "99 % interval of a step",
    x: bars.map(({ toMs }) => toMs * 1000),
    y: bars.map((_, y) => y),
    error_x: {
      type: "data",
      symmetric: false,
      array: bars.map((bar) => reach(bar, ({ value, high }) => high - value)),
      arrayminus: bars.map((bar) => reach(bar, ({ value, low }) => value - low)),
      color: COLORS.ink,
      thickness: 1.5,
      width: 4,
    },
    marker: { size: 1, color: COLORS.ink },
    hoverinfo: "skip",
  };
}

interface LayoutOptions {
  readonly leftPx: number;
  /** Of a line of a step's words. */
  readonly letters: number;
  readonly ticks: number;
}

function layout(bars: readonly Bar[], { leftPx, letters, ticks }: LayoutOptions): PlotlyObject {
  const reaches = bars.flatMap(({ toMs, step }) =>
    step === null ? [toMs] : [toMs, toMs + step.high - step.value],
  );
  const most = Math.max(0, ...bars.map(({ toMs }) => toMs));
  const top = Math.min(1.6 * most, Math.max(0, ...reaches));
  return {
    height: 130 + rowPx * bars.length,
    margin: { l: leftPx, r: 78, t: 56, b: 52 },
    barmode: "overlay",
    legend: legendOnTop,
    xaxis: { ...RULES, range: [0, top * 1000 * 1.02], nticks: ticks, title: axisTitle("µs a call") },
    yaxis: {
      ...rowAxis(
        bars.map(({ label, step }) =>
          step === null ? `<b>${wrapped(label, letters, 3)}</b> ` : `${wrapped(label, letters, 3)} `,
        ),
      ),
      tickfont: { size: 12 },
    },
    annotations: bars.map(({ toMs, step }, y) => ({
      x: 1,
      xref: "paper",
      xanchor: "left",
      y,
      text: ` ${step === null ? formatDuration(toMs) : formatDifference(step.value)}`,
      showarrow: false,
      font: { size: 12, color: isUnseen(step) ? COLORS.muted : COLORS.ink },
    })),
  };
}
