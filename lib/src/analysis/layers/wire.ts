import type { Calls } from "../../record/calls.js";
import type { RoundWire, RunInfo } from "../../record/run-info.js";
import { warmFromBlocks } from "../../record/warm.js";
import type { Missing } from "../../stats/missing.js";
import { eachWarmRow } from "../rounds/warm-rows.js";
import { type Bodies, type Framing, framingOf, plainBodyBytes } from "./framing.js";

/** What an arm's calls put on the wire, in bytes a call, connections that were made and calls that failed included. */
export interface WirePerCall {
  /** Calls of its warm rounds. */
  readonly calls: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** What of that the bodies are, or gRPC's messages, of calls that succeeded; NaN when none did. */
  readonly bodySentBytes: number;
  readonly bodyReceivedBytes: number;
  /** What of the body sent is base64's and its JSON's more than the bytes themselves; 0 where there is none. */
  readonly base64SentBytes: number;
  /** Heads of HTTP/2's frames and gRPC's prefixes; null where they are not known, and then headers are not either. */
  readonly framing: Framing | null;
}

/** What of a run tells what went over its connections. */
export type WireFacts = Pick<
  RunInfo,
  "wire" | "pairs" | "warmupBlocks" | "warmFromBlock" | "arms" | "servers" | "work" | "input"
>;

/**
 * Bytes that an arm's warm rounds sent and received, a call, beside those of the bodies alone; or why they are not known.
 *
 * @example
 * const wire = wireOf(await run.calls(), run.info, "grpc");
 */
export function wireOf(calls: Calls, info: WireFacts, arm: string): WirePerCall | Missing {
  const warmFrom = warmFromBlocks(info);
  const rounds = info.wire.filter((round) => round.arm === arm && round.block >= (warmFrom[round.pair] ?? 0));
  const count = sum(rounds, "calls");
  if (count === 0) {
    return { missing: "nobody counted what went over its connections in a warm round" };
  }
  const bodies = bodiesOf(calls, arm);
  return {
    calls: count,
    sentBytes: sum(rounds, "sentBytes") / count,
    receivedBytes: sum(rounds, "receivedBytes") / count,
    ...bodies,
    ...splitOf(info, arm, bodies),
  };
}

function splitOf(
  { arms, servers, work, input }: WireFacts,
  name: string,
  bodies: Bodies,
): Pick<WirePerCall, "base64SentBytes" | "framing"> {
  const info = arms.find((one) => one.name === name);
  const tls = servers.find(({ server }) => server === info?.server)?.tls ?? false;
  const plainBytes = () => input?.sizeBytes ?? plainBodyBytes(work);
  return {
    base64SentBytes: info?.arm === "rest-base64" ? bodies.bodySentBytes - plainBytes() : 0,
    framing: info === undefined || tls ? null : framingOf(info.arm, bodies),
  };
}

function bodiesOf(calls: Calls, arm: string): Bodies {
  const number = calls.armNames.indexOf(arm);
  let rows = 0;
  let sentBytes = 0;
  let receivedBytes = 0;
  eachWarmRow(calls, (own, row) => {
    if (own !== number) return;
    rows++;
    sentBytes += calls.bytesSent[row] as number;
    receivedBytes += calls.bytesReceived[row] as number;
  });
  return { bodySentBytes: sentBytes / rows, bodyReceivedBytes: receivedBytes / rows };
}

function sum(rounds: readonly RoundWire[], field: "calls" | "sentBytes" | "receivedBytes"): number {
  return rounds.reduce((total, round) => total + round[field], 0);
}
