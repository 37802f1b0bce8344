import type { Estimate } from "wirelab/dist/stats/interval.js";

/** A ratio near 1 with its interval: `1.004 (99 %: 0.998–1.010)`. */
export function ratioText({ value, low, high, confidence }: Estimate): string {
  return `${value.toFixed(3)} (${100 * confidence} %: ${low.toFixed(3)}–${high.toFixed(3)})`;
}
