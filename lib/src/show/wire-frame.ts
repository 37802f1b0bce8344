import type { DataFrame } from "danfojs-node";
import type { WirePerCall } from "../analysis/wire.js";
import type { Missing } from "../hosts/process-usage.js";
import { makeFrame } from "./danfo.js";

/** An arm and what its calls put on the wire, or why that is not known. */
export interface WireRow {
  readonly arm: string;
  readonly bytes: WirePerCall | Missing;
}

/**
 * Bytes a call, a row an arm: the bodies alone, and all that went over its connections.
 *
 * @example
 * wireFrame([{ arm: "rest", bytes: wireOf(calls, run.info, "rest") }])
 */
export function wireFrame(arms: readonly WireRow[]): DataFrame {
  const notes: string[] = [];
  const rows = arms.flatMap(({ arm, bytes }) => {
    if ("missing" in bytes) {
      notes.push(`Nothing for ${arm}: ${bytes.missing}.`);
      return [];
    }
    const { bodySentBytes, sentBytes, bodyReceivedBytes, receivedBytes } = bytes;
    return [[arm, bodySentBytes, sentBytes, bodyReceivedBytes, receivedBytes]];
  });
  const columns = ["arm", "bodySentBytes", "wireSentBytes", "bodyReceivedBytes", "wireReceivedBytes"];
  return makeFrame(columns, rows, {
    caption: "Bytes a call: the body, and all that went over the wire",
    notes,
  });
}
