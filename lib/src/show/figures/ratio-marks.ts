import { type Estimate, isVast } from "../../stats/interval.js";
import { COLORS } from "../style.js";
import type { PlotlyObject } from "./figure.js";

/** Where two arms are alike: an upright line through all rows of an axis of ratios. */
export function lineAtOne(widthPx: number): PlotlyObject {
  return {
    type: "line",
    yref: "paper",
    y0: 0,
    y1: 1,
    x0: 1,
    x1: 1,
    line: { color: COLORS.ink, width: widthPx },
  };
}

/** What of a ratio has to be on its axis: its value, and the ends of its interval if their digits say something. */
export function placesOf(ratio: Estimate): readonly number[] {
  return isVast(ratio) ? [ratio.value] : [ratio.low, ratio.value, ratio.high];
}
