import type { DataFrame } from "danfojs-node";
import type { WirePerCall } from "../../analysis/layers/wire.js";
import type { Missing } from "../../stats/missing.js";
import type { Cell } from "../tables/table.js";
import { makeFrame } from "./frame.js";

/** An arm and what its calls put on the wire, or why that is not known. */
export interface WireRow {
  readonly arm: string;
  readonly bytes: WirePerCall | Missing;
}

/**
 * Bytes a call, a row an arm: the body, what of it is base64's, framing, headers, and all that went over its connections.
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
    return [[arm, ...wayOf(bytes, "sent"), ...wayOf(bytes, "received")]];
  });
  const columns = ["Sent", "Received"].flatMap((way) => [
    `body${way}Bytes`,
    ...(way === "Sent" ? ["base64SentBytes"] : []),
    `framing${way}Bytes`,
    `headers${way}Bytes`,
    `wire${way}Bytes`,
  ]);
  const hasFraming = arms.some(({ bytes }) => "framing" in bytes && bytes.framing !== null);
  return makeFrame(["arm", ...columns], rows, {
    caption: "Bytes a call: the body, what frames and headers add, and all that went over the wire",
    notes: [...(hasFraming ? [aboutHeaders] : []), ...notes],
  });
}

const aboutHeaders =
  "Framing is counted by rule: 9 bytes before each frame of HTTP/2, 5 before a message of gRPC. Headers are what is left, and with them what HTTP/2 says of its windows.";

function wayOf(bytes: WirePerCall, way: "sent" | "received"): Cell[] {
  const { framing } = bytes;
  const sent = way === "sent";
  const body = sent ? bytes.bodySentBytes : bytes.bodyReceivedBytes;
  const all = sent ? bytes.sentBytes : bytes.receivedBytes;
  const ofFrames = framing && (sent ? framing.sentBytes : framing.receivedBytes);
  const headers = ofFrames === null ? null : all - body - ofFrames;
  return [body, ...(sent ? [bytes.base64SentBytes || null] : []), ofFrames, headers, all];
}
