import type { DataFrame } from "danfojs-node";
import { wireOf } from "../analysis/wire.js";
import type { Run } from "../record/run.js";
import { makeFrame } from "../show/danfo.js";

/**
 * What the calls of each arm sent and received: the bodies alone, and all that went over its connections, headers and
 * framing included.
 *
 * @example
 * await wire(run);
 */
export async function wire(run: Run): Promise<DataFrame> {
  const calls = await run.calls();
  const notes: string[] = [];
  const rows = run.info.arms.flatMap(({ name, protocol }) => {
    if (protocol === "none") return [];
    const bytes = wireOf(calls, run.info, name);
    if ("missing" in bytes) {
      notes.push(`Nothing for ${name}: ${bytes.missing}.`);
      return [];
    }
    const { bodySentBytes, sentBytes, bodyReceivedBytes, receivedBytes } = bytes;
    return [[name, bodySentBytes, sentBytes, bodyReceivedBytes, receivedBytes]];
  });
  const columns = ["arm", "bodySentBytes", "wireSentBytes", "bodyReceivedBytes", "wireReceivedBytes"];
  return makeFrame(columns, rows, {
    caption: "Bytes a call: the body, and all that went over the wire",
    notes,
  });
}
