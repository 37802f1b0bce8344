import type { Series, SeriesSecond } from "../../analysis/loads/series.js";
import type { ArmStyle } from "./arm-style.js";
import type { PlotlyObject } from "./figure.js";
import { type LoadPanel, loadPanels } from "./load-panels.js";
import { plotText } from "./plot-text.js";

/** Where in a figure of panels a round is drawn, and how. */
interface LinePlace {
  readonly panel: LoadPanel;
  /** Of the panel, counted from the top. */
  readonly place: number;
  readonly style: ArmStyle;
  readonly inLegend: boolean;
}

/** A round in one panel: a thick line, and where the panel has two numbers a thin one. */
export function panelLines(
  { arm, seconds }: Series,
  { panel, place, style: { color, dash }, inLegend }: LinePlace,
): PlotlyObject[] {
  const { thick, thin, written, ticks } = loadPanels[panel];
  const line = (of: (second: SeriesSecond) => number | null, width: number): PlotlyObject => {
    // A logarithmic axis has no zero.
    const values = seconds.map(of).map((value) => (ticks === null && value === 0 ? null : value));
    return {
      type: "scatter",
      mode: "lines",
      name: plotText(arm),
      legendgroup: arm,
      showlegend: inLegend && of === thick,
      x: seconds.map(middleOf),
      y: values,
      text: values.map((value) => (value === null ? "" : written(value))),
      yaxis: axisName("y", place),
      line: { color, dash, width },
      hovertemplate: "%{text}<extra>%{fullData.name}</extra>",
    };
  };
  return [line(thick, 2.2), ...(thin === undefined ? [] : [line(thin, 1)])];
}

const symbols = ["x-thin", "asterisk", "cross-thin", "y-up", "hash"] as const;

/** A mark for every second in which calls of an arm failed with a code, at their number. */
export function failureMarks(
  series: readonly Series[],
  { place, styleOf }: { readonly place: number; readonly styleOf: (arm: string) => ArmStyle },
): PlotlyObject[] {
  const arms = [...new Set(series.map(({ arm }) => arm))];
  const codes = [
    ...new Set(series.flatMap(({ seconds }) => seconds.flatMap(({ failed }) => Object.keys(failed)))),
  ];
  return arms.flatMap((arm) => {
    const seconds = series.filter((round) => round.arm === arm).flatMap((round) => round.seconds);
    return codes.flatMap((code, kind): PlotlyObject[] => {
      const hit = seconds.filter(({ failed }) => (failed[code] ?? 0) > 0);
      if (hit.length === 0) return [];
      return [
        {
          type: "scatter",
          mode: "markers",
          name: plotText(`${arm}, failed: ${code}`),
          legendgroup: arm,
          x: hit.map(middleOf),
          y: hit.map(({ failed }) => failed[code] ?? 0),
          yaxis: axisName("y", place),
          marker: {
            symbol: `${symbols[kind % symbols.length]}-open`,
            size: 8,
            line: { color: styleOf(arm).color, width: 2 },
          },
          hovertemplate: "%{y} failed<extra>%{fullData.name}</extra>",
        },
      ];
    });
  });
}

/** Plotly's name of the axis of a panel, counted from the top. */
export function axisName(kind: "y" | "yaxis", place: number): string {
  return place === 0 ? kind : `${kind}${place + 1}`;
}

function middleOf({ second }: SeriesSecond): number {
  return second + 0.5;
}
