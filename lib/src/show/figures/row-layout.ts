import type { PlotlyObject } from "./figure.js";
import { RULES } from "./log-axis.js";

/** Of figures whose rows fill them to the top: a legend above everything, whatever the height. */
export const legendOnTop: PlotlyObject = {
  orientation: "h",
  x: 0,
  xref: "container",
  y: 1,
  yref: "container",
  yanchor: "top",
};

/** How much room there is around the middles of the outermost rows, in rows. */
interface RowRoom {
  /** Above the first. */
  readonly above?: number;
  /** What the axis ends short of the row after the last. */
  readonly short?: number;
}

/** An axis of rows from the top down, at 0, 1, 2 and so on, each with its label. */
export function rowAxis(labels: readonly string[], { above = 0.5, short = 0.5 }: RowRoom = {}): PlotlyObject {
  return {
    ...RULES,
    range: [labels.length - short, -above],
    tickvals: labels.map((_, y) => y),
    ticktext: labels,
  };
}
