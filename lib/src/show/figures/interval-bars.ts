import type { PlotlyObject } from "./figure.js";

/** Error bars of Plotly's that reach from `low` to `high` of each mark. */
export function intervalBars(
  marks: readonly { readonly value: number; readonly low: number; readonly high: number }[],
  color: string,
): PlotlyObject {
  return {
    type: "data",
    symmetric: false,
    array: marks.map(({ value, high }) => high - value),
    arrayminus: marks.map(({ value, low }) => value - low),
    color,
  };
}
