import type { LoadCalls } from "../../analysis/loads/load-calls.js";
import { formatCount, formatDuration } from "../words/number.js";
import { type ArmStyle, armStyles } from "./arm-style.js";
import type { RunFigureOptions } from "./distribution.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { axisTitle, RULES, timeAxis } from "./log-axis.js";
import { plotText } from "./plot-text.js";

/** More marks than three times as many are a smear, and slow the page down. */
const mostGroups = 400;

/** A call that succeeded, numbered in the order in which an arm's calls ended. */
interface NumberedCall {
  readonly number: number;
  readonly durationMs: number;
}

/** Consecutive calls, of which the shortest, the median and the longest are drawn. */
interface CallGroup {
  readonly arm: string;
  readonly from: number;
  readonly to: number;
  readonly shortest: NumberedCall;
  readonly median: NumberedCall;
  readonly longest: NumberedCall;
}

/**
 * What each call of a load took, in the order in which they ended, as post 004 draws it. Of many calls only some are
 * drawn: of every so many neighbours the shortest, the median and the longest, so that no extreme is lost.
 *
 * @example
 * callByCall(loadCallsOf(await run.calls(), run.info), { source: run.folder })
 */
export function callByCall(
  rounds: readonly LoadCalls[],
  { source, protocols = {} }: RunFigureOptions,
): Figure {
  const arms = [...new Set(rounds.map(({ arm }) => arm))];
  const styles = armStyles(arms, protocols);
  const groups = arms.flatMap((arm) => groupsOf(arm, succeeded(rounds, arm)));
  const low = Math.min(...groups.map(({ shortest }) => shortest.durationMs)) / 1.2;
  const high = Math.max(...groups.map(({ longest }) => longest.durationMs)) * 1.2;
  return figure({
    title: "Call by call",
    description: describe(rounds, arms, groups),
    data: arms.map((arm, i) => marks(arm, groups, styles[i] as ArmStyle)),
    layout: {
      height: 420,
      margin: { l: 76, r: 16, t: 16, b: 56 },
      xaxis: {
        title: axisTitle("call, in the order in which they ended"),
        rangemode: "tozero",
        tickformat: "~s",
        ...RULES,
      },
      yaxis: timeAxis(low, high, 9),
    },
    narrow: { yaxis: timeAxis(low, high, 6), margin: { l: 64, r: 8, t: 16, b: 56 } },
    table: {
      columns: [
        { name: "arm", kind: "text" },
        { name: "from call", kind: "count" },
        { name: "to call", kind: "count" },
        { name: "shortest", kind: "duration" },
        { name: "median", kind: "duration" },
        { name: "longest", kind: "duration" },
      ],
      rows: groups.map(({ arm, from, to, shortest, median, longest }) => [
        arm,
        from,
        to,
        shortest.durationMs,
        median.durationMs,
        longest.durationMs,
      ]),
    },
    source,
  });
}

/** Rounds follow each other as they were run. */
function succeeded(rounds: readonly LoadCalls[], arm: string): NumberedCall[] {
  return rounds
    .filter((round) => round.arm === arm)
    .flatMap(({ calls }) => calls.filter(({ ok }) => ok))
    .map(({ durationMs }, i) => ({ number: i + 1, durationMs }));
}

function groupsOf(arm: string, calls: readonly NumberedCall[]): CallGroup[] {
  const size = Math.max(1, Math.ceil(calls.length / mostGroups));
  return Array.from({ length: Math.ceil(calls.length / size) }, (_, i) => {
    const own = calls.slice(i * size, (i + 1) * size);
    const sorted = own.toSorted((a, b) => a.durationMs - b.durationMs);
    const at = (place: number) => sorted[place] as NumberedCall;
    const ends = { from: i * size + 1, to: i * size + own.length };
    return { arm, ...ends, shortest: at(0), median: at((own.length - 1) >> 1), longest: at(own.length - 1) };
  });
}

function marks(arm: string, groups: readonly CallGroup[], { color, symbol }: ArmStyle): PlotlyObject {
  const own = groups.filter((group) => group.arm === arm);
  const drawn = own.flatMap(({ shortest, median, longest }) => [...new Set([shortest, median, longest])]);
  return {
    type: "scatter",
    mode: "markers",
    name: plotText(arm),
    x: drawn.map(({ number }) => number),
    y: drawn.map(({ durationMs }) => durationMs),
    text: drawn.map(({ durationMs }) => formatDuration(durationMs)),
    marker: { color, symbol: `${symbol}-open`, size: 4, opacity: 0.7 },
    hovertemplate: "call %{x}: %{text}<extra>%{fullData.name}</extra>",
  };
}

function describe(
  rounds: readonly LoadCalls[],
  arms: readonly string[],
  groups: readonly CallGroup[],
): string {
  const each = arms.map((arm) => {
    const own = groups.filter((group) => group.arm === arm);
    const calls = rounds.filter((round) => round.arm === arm).flatMap((round) => round.calls);
    const failed = calls.filter(({ ok }) => !ok).length;
    if (own.length === 0) return `${arm}: none of ${formatCount(calls.length)} calls succeeded`;
    const shortest = Math.min(...own.map((group) => group.shortest.durationMs));
    const longest = Math.max(...own.map((group) => group.longest.durationMs));
    const count = `${arm}: ${formatCount(calls.length - failed)} calls of ${formatDuration(shortest)} to ${formatDuration(longest)}`;
    return failed === 0 ? count : `${count}, ${formatCount(failed)} failed and are not drawn`;
  });
  const size = Math.max(1, ...groups.map(({ from, to }) => to - from + 1));
  const thinned = `Of every ${formatCount(size)} neighbours the shortest, the median and the longest are drawn.`;
  return `${each.join("; ")}. ${size > 3 ? thinned : "Every call is drawn."}`;
}
