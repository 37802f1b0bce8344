import { type Phase, phasesWhere } from "../../analysis/layers/call-phases.js";
import type { ArmPhases, CallPhases } from "../../analysis/layers/phases.js";
import { sayArm } from "../../verdicts/words/words.js";
import { COLORS, mix } from "../style.js";
import { formatDuration } from "../words/number.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { axisTitle, RULES } from "./log-axis.js";
import { plotText, wrapped } from "./plot-text.js";
import { legendOnTop, rowAxis } from "./row-layout.js";

const client = COLORS.paper;
const way = mix(COLORS.none, 0.3, COLORS.paper);

/** What the client does is pale, the way hatched, the handler full: told apart without a colour. */
const looks: Readonly<Record<Phase, { readonly color: string; readonly pattern: string }>> = {
  serialise: { color: COLORS.none, pattern: "" },
  queue: { color: client, pattern: "." },
  connect: { color: client, pattern: "x" },
  "wire out": { color: way, pattern: "/" },
  handler: { color: COLORS.ink, pattern: "" },
  "wire back": { color: way, pattern: "\\" },
  wire: { color: way, pattern: "/" },
  "wire and server": { color: way, pattern: "/" },
  deserialise: { color: COLORS.none, pattern: "|" },
  between: { color: client, pattern: "" },
};

/** A phase as a piece of an arm's bar, in ms from when the call was asked for. */
interface Piece {
  readonly phase: Phase;
  readonly row: number;
  readonly fromMs: number;
  readonly lengthMs: number;
}

const rowPx = 74;

/**
 * One call of each arm on one axis in µs, cut into its phases, whose means add up to the bar's length.
 *
 * @example
 * phasesFigure(phases, { source: run.folder })
 */
export function phasesFigure(phases: CallPhases, { source }: { readonly source: string | null }): Figure {
  const { arms, told } = phases;
  const names = phasesWhere(told).filter((phase) => arms.some((arm) => meanOf(arm, phase) !== 0));
  const pieces = arms.flatMap((arm, row) => piecesOf(arm, row, names));
  const most = Math.max(...arms.map(({ whole }) => whole.value));
  return figure({
    anchor: "figure-phases",
    title: "The phases of one call",
    description: describe(phases, names),
    data: names.map((phase) =>
      trace(
        pieces.filter((piece) => piece.phase === phase),
        phase,
      ),
    ),
    layout: layout(arms, pieces, { most, leftPx: 150, letters: 20, labelledFrom: 0.09, ticks: 8 }),
    narrow: layout(arms, pieces, { most, leftPx: 84, letters: 11, labelledFrom: 0.3, ticks: 4 }),
    table: {
      columns: [
        { name: "arm", kind: "text" },
        { name: "phase", kind: "text" },
        { name: "begins after", kind: "duration" },
        { name: "takes", kind: "duration" },
        { name: "low", kind: "duration" },
        { name: "high", kind: "duration" },
      ],
      rows: pieces.map(({ phase, row, fromMs, lengthMs }) => {
        const arm = arms[row] as ArmPhases;
        const cost = arm.phases.find((one) => one.phase === phase)?.cost;
        return [sayArm(arm.plain), phase, fromMs, lengthMs, cost?.low ?? null, cost?.high ?? null];
      }),
    },
    source,
  });
}

function meanOf({ phases }: ArmPhases, name: Phase): number {
  return phases.find(({ phase }) => phase === name)?.cost.value ?? 0;
}

/** gRPC's bytes are made in the midst of the queue; drawn, each phase is one piece. */
function piecesOf(arm: ArmPhases, row: number, names: readonly Phase[]): readonly Piece[] {
  let fromMs = 0;
  const pieces = names.map((phase) => {
    const piece = { phase, row, fromMs, lengthMs: meanOf(arm, phase) };
    fromMs += piece.lengthMs;
    return piece;
  });
  return pieces.filter(({ lengthMs }) => lengthMs !== 0);
}

function describe({ arms, scope }: CallPhases, names: readonly Phase[]): string {
  const each = arms.map((arm) => {
    const parts = names
      .filter((phase) => meanOf(arm, phase) !== 0)
      .map((phase) => `${phase} ${formatDuration(meanOf(arm, phase))}`);
    return `${sayArm(arm.plain)}, ${formatDuration(arm.whole.value)}: ${parts.join(", ")}`;
  });
  return `${each.join("; ")}. In ${scope}.`;
}

function trace(pieces: readonly Piece[], phase: Phase): PlotlyObject {
  const { color, pattern } = looks[phase];
  return {
    type: "bar",
    orientation: "h",
    name: phase,
    y: pieces.map(({ row }) => row),
    base: pieces.map(({ fromMs }) => fromMs * 1000),
    x: pieces.map(({ lengthMs }) => lengthMs * 1000),
    width: 0.56,
    marker: {
      color,
      line: { color: COLORS.ink, width: 1 },
      pattern: { shape: pattern, bgcolor: color, fgcolor: COLORS.ink, size: 6, solidity: 0.2 },
    },
    customdata: pieces.map(({ lengthMs }) => formatDuration(lengthMs)),
    hovertemplate: `${phase}: %{customdata}<extra></extra>`,
  };
}

interface LayoutOptions {
  /** The longest bar, in ms. */
  readonly most: number;
  readonly leftPx: number;
  /** Of a line of an arm's words. */
  readonly letters: number;
  /** Share of the longest bar from which a piece has room for its words. */
  readonly labelledFrom: number;
  readonly ticks: number;
}

function layout(
  arms: readonly ArmPhases[],
  pieces: readonly Piece[],
  { most, leftPx, letters, labelledFrom, ticks }: LayoutOptions,
): PlotlyObject {
  const labelled = pieces.filter(({ lengthMs }) => lengthMs >= labelledFrom * most);
  return {
    height: 150 + rowPx * arms.length,
    margin: { l: leftPx, r: 64, t: 84, b: 52 },
    barmode: "overlay",
    legend: { ...legendOnTop, traceorder: "normal" },
    xaxis: { ...RULES, range: [0, most * 1000 * 1.02], nticks: ticks, title: axisTitle("µs of a call") },
    yaxis: {
      ...rowAxis(arms.map(({ plain }) => `<b>${wrapped(sayArm(plain), letters, 4)}</b> `)),
      tickfont: { size: 12 },
    },
    annotations: [
      ...labelled.map(({ phase, row, fromMs, lengthMs }) => ({
        x: (fromMs + lengthMs / 2) * 1000,
        y: row,
        text: `${plotText(phase)}<br>${formatDuration(lengthMs)}`,
        showarrow: false,
        bgcolor: COLORS.paper,
        borderpad: 1,
        font: { size: 11, color: COLORS.ink },
      })),
      ...arms.map(({ whole }, row) => ({
        x: 1,
        xref: "paper",
        xanchor: "left",
        y: row,
        text: ` ${formatDuration(whole.value)}`,
        showarrow: false,
        font: { size: 12, color: COLORS.ink },
      })),
    ],
  };
}
