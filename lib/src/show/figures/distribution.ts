import type { Calls } from "../../record/calls.js";
import { ecdf } from "../../stats/percentiles/ecdf.js";
import { logHistogram } from "../../stats/percentiles/histogram.js";
import { mix } from "../style.js";
import { formatDuration } from "../words/number.js";
import { type ArmDurations, armDurations, percentileOf } from "./arm-durations.js";
import { type ArmProtocols, type ArmStyle, armStyles } from "./arm-style.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { axisTitle, RULES, timeAxis } from "./log-axis.js";
import { plotText } from "./plot-text.js";

/** What a figure of a run needs besides its calls. */
export interface RunFigureOptions {
  /** Run folder, as the figure names it. */
  readonly source: string | null;
  readonly protocols?: ArmProtocols;
}

const BINS = 40;
const ECDF_POINTS = 200;

/**
 * How long calls took: for each arm the share of calls by duration, and below it the share that took at most so long.
 * Arms timed in batches are in the table only, because the spread of batch means is not that of calls.
 *
 * @example
 * distribution(await run.calls(), { source: run.folder })
 */
export function distribution(calls: Calls, { source, protocols = {} }: RunFigureOptions): Figure {
  const all = armDurations(calls);
  const drawn = all.filter(({ batched }) => !batched);
  const styles = armStyles(calls.armNames, protocols);
  const styleOf = ({ name }: ArmDurations) => styles[calls.armNames.indexOf(name)] as ArmStyle;
  const low = Math.min(...drawn.map((arm) => percentileOf(arm, 0.0005)));
  const high = Math.max(...drawn.map((arm) => percentileOf(arm, 0.999)));
  return figure({
    title: "How long calls took",
    description: describe(all),
    data: drawn.flatMap((arm) => [histogramTrace(arm, styleOf(arm)), cumulativeTrace(arm, styleOf(arm))]),
    layout: layout(low * 0.92, high * 1.08, 9),
    narrow: { xaxis: timeAxis(low * 0.92, high * 1.08, 4) },
    table: {
      columns: [
        { name: "arm", kind: "text" },
        { name: "rows", kind: "count" },
        ...PERCENTILES.map((p) => ({ name: `p${p * 100}`, kind: "duration" as const })),
      ],
      rows: all.map((arm) => [arm.name, arm.sorted.length, ...PERCENTILES.map((p) => percentileOf(arm, p))]),
    },
    source,
  });
}

const PERCENTILES = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99] as const;

function describe(arms: readonly ArmDurations[]): string {
  const single = arms.filter(({ batched }) => !batched);
  const medians = single.map((arm) => `${arm.name} ${formatDuration(percentileOf(arm, 0.5))}`).join(", ");
  const batches = arms.filter(({ batched }) => batched);
  const left = batches
    .map((arm) => `${arm.name}, ${formatDuration(percentileOf(arm, 0.5))} a call`)
    .join("; ");
  const rest = batches.length === 0 ? "" : ` Timed in batches and not drawn: ${left}.`;
  return `Medians: ${medians}; the axis is logarithmic and ends at the slowest thousandth.${rest}`;
}

function histogramTrace(arm: ArmDurations, style: ArmStyle): PlotlyObject {
  const { edges, counts } = logHistogram(arm.sorted, { bins: BINS });
  // Arms have bins of different width; per factor of ten they compare.
  const perDecade = BINS / Math.log10((edges[BINS] as number) / (edges[0] as number));
  const middles = [...counts].map((_, i) => Math.sqrt((edges[i] as number) * (edges[i + 1] as number)));
  return {
    type: "scatter",
    mode: "lines",
    name: plotText(arm.name),
    legendgroup: arm.name,
    x: middles,
    y: [...counts].map((count) => (count / arm.sorted.length) * perDecade),
    text: middles.map(formatDuration),
    line: { color: style.color, shape: "hvh", dash: style.dash, width: 1.5 },
    fill: "tozeroy",
    fillcolor: mix(style.color, 0.12, "transparent"),
    showlegend: false,
    hovertemplate: "about %{text}<extra>%{fullData.name}</extra>",
    yaxis: "y2",
  };
}

function cumulativeTrace(arm: ArmDurations, style: ArmStyle): PlotlyObject {
  const { value, share } = ecdf(arm.sorted, { points: ECDF_POINTS });
  return {
    type: "scatter",
    mode: "lines",
    name: plotText(arm.name),
    legendgroup: arm.name,
    x: [...value],
    y: [...share],
    text: [...value].map(formatDuration),
    line: { color: style.color, dash: style.dash, width: 2 },
    hovertemplate: "%{y:.1%} within %{text}<extra>%{fullData.name}</extra>",
  };
}

function layout(low: number, high: number, ticks: number): PlotlyObject {
  return {
    height: 480,
    margin: { l: 66, r: 16, t: 16, b: 40 },
    xaxis: timeAxis(low, high, ticks),
    yaxis: {
      domain: [0, 0.44],
      range: [0, 1.02],
      tickformat: ".0%",
      title: axisTitle("calls within"),
      ...RULES,
    },
    yaxis2: {
      domain: [0.54, 1],
      rangemode: "tozero",
      showticklabels: false,
      title: axisTitle("how common"),
      ...RULES,
    },
  };
}
