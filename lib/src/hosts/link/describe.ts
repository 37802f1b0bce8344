import { initialWindowBytes } from "./formula.js";
import { isIdle, type ShapeOptions, shapeOf } from "./options.js";

/**
 * A link in words, for a report: that it is a model, and of what.
 *
 * @throws WirelabError `usage` for options that no link can have
 * @example
 * describeLink({ roundTripMs: 35.594 });
 * // "a link of 35.594 ms round trip, modelled in user space: handshake, slow start from 14,600 bytes, no loss"
 */
export function describeLink(options: ShapeOptions): string {
  const shape = shapeOf(options);
  if (isIdle(shape)) return "a link that adds nothing on purpose, in user space";
  const { roundTripMs, jitterMs, bandwidthMbps, slowStart, slowStartAfterIdle, stalls } = shape;
  const jitter = jitterMs === 0 ? "" : ` ± ${number(jitterMs)} ms`;
  const start = slowStartAfterIdle ? "slow start (also after a pause)" : "slow start";
  const parts = [
    "handshake",
    slowStart ? `${start} from ${number(initialWindowBytes)} bytes` : "no slow start",
    ...(bandwidthMbps === null ? [] : [`${number(bandwidthMbps)} Mbit/s each way`]),
    stalls === null || stalls.perMegabyte === 0
      ? "no loss"
      : `loss as stalls of ${number(stalls.stallMs)} ms, ${number(stalls.perMegabyte)} a megabyte`,
  ];
  return `a link of ${number(roundTripMs)} ms${jitter} round trip, modelled in user space: ${parts.join(", ")}`;
}

function number(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: 3 });
}
