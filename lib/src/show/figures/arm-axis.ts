import type { PlotlyObject } from "./figure.js";
import { wrapped } from "./plot-text.js";

/**
 * An axis with a row for each arm, the first on top, written in lines of at most `width` characters. `categories` is what
 * the traces give as their place on it; default the names themselves.
 */
export function armAxis(
  names: readonly string[],
  width: number,
  categories: readonly string[] = names,
): PlotlyObject {
  return {
    type: "category",
    autorange: "reversed",
    categoryorder: "array",
    categoryarray: [...categories],
    tickvals: [...categories],
    ticktext: names.map((name) => wrapped(name.replaceAll("-", " "), width)),
  };
}
