import { mean, median } from "simple-statistics";
import { listenerRows } from "../../analysis/loads/listener.js";
import type { LoadCalls } from "../../analysis/loads/load-calls.js";
import { formatDuration } from "../words/number.js";
import { type ArmStyle, armStyles } from "./arm-style.js";
import type { RunFigureOptions } from "./distribution.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { axisTitle, RULES, timeAxis } from "./log-axis.js";
import { plotText } from "./plot-text.js";

/** A moment of a load and the average that belongs to it. */
interface Point {
  readonly atS: number;
  readonly meanMs: number;
}

/** Both averages of one round. */
interface Averages {
  readonly arm: string;
  /** Of the calls that ended in a second and succeeded, in its middle. */
  readonly own: readonly Point[];
  /** As the post's listener has it: of all calls until then. */
  readonly cumulative: readonly Point[];
}

/**
 * The average response time over a load in two ways: of each second's calls, and of all calls from the begin on, which is
 * how post 004 computed it. The second one carries a slow begin along for the rest of the load.
 *
 * @example
 * cumulativeMean(loadCallsOf(await run.calls(), run.info), { source: run.folder })
 */
export function cumulativeMean(
  rounds: readonly LoadCalls[],
  { source, protocols = {} }: RunFigureOptions,
): Figure {
  const arms = [...new Set(rounds.map(({ arm }) => arm))];
  const styles = armStyles(arms, protocols);
  const averages = rounds.map(averagesOf);
  const values = averages.flatMap(({ own, cumulative }) =>
    [...own, ...cumulative].map(({ meanMs }) => meanMs),
  );
  const drawn = values.filter((value) => value > 0);
  const [low, high] = [Math.min(...drawn) / 1.1, Math.max(...drawn) * 1.1];
  return figure({
    title: "Average response time, of each second and since the begin",
    description: describe(arms, averages),
    data: averages.flatMap((one) => {
      const first = one === averages.find(({ arm }) => arm === one.arm);
      return traces(one, styles[arms.indexOf(one.arm)] as ArmStyle, first);
    }),
    layout: {
      height: 400,
      margin: { l: 76, r: 16, t: 16, b: 56 },
      xaxis: { title: axisTitle("seconds from the load's begin"), rangemode: "tozero", ...RULES },
      yaxis: timeAxis(low, high, 8),
    },
    narrow: { yaxis: timeAxis(low, high, 6), margin: { l: 64, r: 8, t: 16, b: 56 } },
    table: {
      columns: [
        { name: "arm", kind: "text" },
        { name: "average", kind: "text" },
        { name: "at", kind: "moment" },
        { name: "value", kind: "duration" },
      ],
      rows: averages.flatMap(({ arm, own, cumulative }) => [
        ...own.map(({ atS, meanMs }) => [arm, "of the second", atS, meanMs]),
        ...cumulative.map(({ atS, meanMs }) => [arm, "since the begin", atS, meanMs]),
      ]),
    },
    source,
  });
}

function averagesOf({ arm, calls }: LoadCalls): Averages {
  const seconds = new Map<number, number[]>();
  for (const { endMs, durationMs, ok } of calls) {
    if (!ok) continue;
    const second = Math.floor(endMs / 1000);
    const own = seconds.get(second);
    if (own === undefined) seconds.set(second, [durationMs]);
    else own.push(durationMs);
  }
  const beginS = (calls[0]?.endMs ?? 0) / 1000;
  return {
    arm,
    own: [...seconds].map(([second, own]) => ({ atS: second + 0.5, meanMs: mean(own) })),
    cumulative: listenerRows(calls).map(({ timeS, meanMs }) => ({ atS: beginS + timeS, meanMs })),
  };
}

function traces(
  { arm, own, cumulative }: Averages,
  { color, dash }: ArmStyle,
  first: boolean,
): PlotlyObject[] {
  const line = (points: readonly Point[], words: string, width: number): PlotlyObject => ({
    type: "scatter",
    mode: "lines",
    name: plotText(`${arm}, ${words}`),
    legendgroup: `${arm}, ${words}`,
    showlegend: first,
    x: points.map(({ atS }) => atS),
    y: points.map(({ meanMs }) => (meanMs > 0 ? meanMs : null)),
    text: points.map(({ meanMs }) => formatDuration(meanMs)),
    line: { color, dash, width },
    hovertemplate: "%{text}<extra>%{fullData.name}</extra>",
  });
  return [line(own, "of the second", 2.5), line(cumulative, "since the begin", 1)];
}

function describe(arms: readonly string[], averages: readonly Averages[]): string {
  const each = arms.map((arm) => {
    const own = averages.filter((one) => one.arm === arm);
    const seconds = own.flatMap((one) => one.own.map(({ meanMs }) => meanMs));
    const last = own.flatMap(({ cumulative }) => cumulative.slice(-1).map(({ meanMs }) => meanMs));
    if (seconds.length === 0 || last.length === 0) return `${arm}: no call succeeded`;
    return `${arm}: ${formatDuration(median(last))} since the begin when the load ends, ${formatDuration(median(seconds))} in its middle second`;
  });
  return `${each.join("; ")}. Thick is the average of the calls that ended in the second, thin that of all calls until then, as the post computed it.`;
}
