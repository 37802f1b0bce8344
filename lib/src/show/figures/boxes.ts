import type { Calls } from "../../record/calls.js";
import { formatDuration } from "../words/number.js";
import { armAxis } from "./arm-axis.js";
import { type ArmDurations, armDurations, percentileOf } from "./arm-durations.js";
import { type ArmStyle, armStyles } from "./arm-style.js";
import type { RunFigureOptions } from "./distribution.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { RULES, timeAxis } from "./log-axis.js";
import { plotText } from "./plot-text.js";

/**
 * Each arm as a box: quartiles, whiskers from the 1st to the 99th percentile, and marks at the shortest and the longest
 * call. Arms timed in batches are in the table only.
 *
 * @example
 * boxes(await run.calls(), { source: run.folder })
 */
export function boxes(calls: Calls, { source, protocols = {} }: RunFigureOptions): Figure {
  const all = armDurations(calls);
  const drawn = all.filter(({ batched }) => !batched);
  const names = drawn.map(({ name }) => name);
  const styles = armStyles(calls.armNames, protocols);
  const styleOf = ({ name }: ArmDurations) => styles[calls.armNames.indexOf(name)] as ArmStyle;
  const low = Math.min(...drawn.map(shortest)) * 0.9;
  const high = Math.max(...drawn.map(longest)) * 1.1;
  return figure({
    title: "Spread of calls",
    description: describe(drawn),
    data: drawn.flatMap((arm) => [boxTrace(arm, styleOf(arm)), extremesTrace(arm, styleOf(arm))]),
    layout: {
      height: 90 + 64 * drawn.length,
      showlegend: false,
      margin: { l: 170, r: 24, t: 16, b: 48 },
      xaxis: timeAxis(low, high, 9),
      yaxis: { ...armAxis(names, 22, names.map(plotText)), ...RULES },
    },
    narrow: {
      margin: { l: 104, r: 12, t: 16, b: 48 },
      xaxis: timeAxis(low, high, 4),
      yaxis: { ...armAxis(names, 13, names.map(plotText)), ...RULES },
    },
    table: {
      columns: [
        { name: "arm", kind: "text" },
        ...COLUMNS.map(([name]) => ({ name, kind: "duration" as const })),
      ],
      rows: all.map((arm) => [arm.name, ...COLUMNS.map(([, value]) => value(arm))]),
    },
    source,
  });
}

const shortest = ({ sorted }: ArmDurations) => sorted[0] as number;
const longest = ({ sorted }: ArmDurations) => sorted[sorted.length - 1] as number;
const at = (p: number) => (arm: ArmDurations) => percentileOf(arm, p);

const COLUMNS: readonly (readonly [string, (arm: ArmDurations) => number])[] = [
  ["shortest", shortest],
  ["p1", at(0.01)],
  ["p25", at(0.25)],
  ["median", at(0.5)],
  ["p75", at(0.75)],
  ["p99", at(0.99)],
  ["longest", longest],
];

function describe(arms: readonly ArmDurations[]): string {
  const spreads = arms.map(
    (arm) => `${arm.name} ${formatDuration(at(0.01)(arm))} to ${formatDuration(at(0.99)(arm))}`,
  );
  return `Box: middle half of the calls; whiskers: 1st to 99th percentile (${spreads.join(", ")}); marks: shortest and longest call.`;
}

function boxTrace(arm: ArmDurations, style: ArmStyle): PlotlyObject {
  const value = (p: number) => [percentileOf(arm, p)];
  return {
    type: "box",
    orientation: "h",
    name: plotText(arm.name),
    y: [plotText(arm.name)],
    q1: value(0.25),
    median: value(0.5),
    q3: value(0.75),
    lowerfence: value(0.01),
    upperfence: value(0.99),
    line: { color: style.color, width: 2 },
    width: 0.5,
    hoverinfo: "skip",
  };
}

function extremesTrace(arm: ArmDurations, style: ArmStyle): PlotlyObject {
  const marks = [
    ["shortest call", shortest(arm)],
    ["median", at(0.5)(arm)],
    ["longest call", longest(arm)],
  ] as const;
  return {
    type: "scatter",
    mode: "markers",
    name: plotText(arm.name),
    x: marks.map(([, value]) => value),
    y: marks.map(() => plotText(arm.name)),
    text: marks.map(([name, value]) => `${name}: ${formatDuration(value)}`),
    marker: { color: style.color, symbol: style.symbol, size: 8, opacity: [1, 0, 1] },
    hovertemplate: "%{text}<extra>%{fullData.name}</extra>",
  };
}
