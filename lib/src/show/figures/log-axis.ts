import { COLORS } from "../style.js";
import { formatTick } from "../words/number.js";
import type { PlotlyObject } from "./figure.js";

/** Leading digits of ticks on a logarithmic axis, from dense to sparse; the last two keep powers of ten only. */
const MANTISSAS: readonly (readonly number[])[] = [
  [1, 1.5, 2, 3, 4, 5, 7],
  [1, 2, 3, 5],
  [1, 2, 5],
  [1, 3],
  [1],
];

/**
 * Ticks at round values between `low` and `high` on a logarithmic axis: as many as fit into `most`, at least two
 * wherever the range allows it.
 */
export function logTicks(low: number, high: number, most: number): readonly number[] {
  for (const mantissas of MANTISSAS) {
    const ticks = ticksWith(mantissas, low, high, 1);
    if (ticks.length < 2) break;
    if (ticks.length <= most) return ticks;
  }
  for (const stride of [2, 3, 4]) {
    const ticks = ticksWith([1], low, high, stride);
    if (ticks.length >= 2 && ticks.length <= most) return ticks;
  }
  return linearTicks(low, high, most);
}

/** A logarithmic time axis from `lowMs` to `highMs` with at most `most` ticks, written with their units. */
export function timeAxis(lowMs: number, highMs: number, most: number): PlotlyObject {
  return logAxis(lowMs, highMs, { most, written: formatTick });
}

/** A logarithmic axis of ratios from `low` to `high` with at most `most` ticks, written as `1.5×`. */
export function ratioAxis(low: number, high: number, most: number): PlotlyObject {
  return logAxis(low, high, { most, written: (tick) => `${Number(tick.toPrecision(3))}×` });
}

/** A logarithmic axis from `low` to `high` with at most `most` ticks, each as `written` writes it. */
export function logAxis(
  low: number,
  high: number,
  { most, written }: { readonly most: number; readonly written: (tick: number) => string },
): PlotlyObject {
  const tickvals = logTicks(low, high, most);
  return {
    type: "log",
    range: [Math.log10(low), Math.log10(high)],
    tickvals: [...tickvals],
    ticktext: tickvals.map(written),
    tickangle: 0,
    ...RULES,
  };
}

/** The title of an axis in the size of its ticks, clear of them. */
export function axisTitle(text: string): PlotlyObject {
  return { text, font: { size: 13 }, standoff: 8 };
}

/** How the grid of every axis looks. */
export const RULES: PlotlyObject = {
  gridcolor: COLORS.rule,
  linecolor: COLORS.rule,
  zeroline: false,
  ticks: "",
};

function ticksWith(mantissas: readonly number[], low: number, high: number, stride: number): number[] {
  const ticks: number[] = [];
  const first = Math.floor(Math.log10(low) / stride) * stride;
  for (let power = first; power <= Math.ceil(Math.log10(high)); power += stride) {
    for (const mantissa of mantissas) {
      const tick = Number(`${mantissa}e${power}`);
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  }
  return ticks;
}

function linearTicks(low: number, high: number, most: number): number[] {
  const rough = (high - low) / Math.max(1, most - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let n = Math.ceil(low / step); n * step <= high; n++) ticks.push(Number((n * step).toPrecision(12)));
  return ticks;
}
