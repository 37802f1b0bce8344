import type { DataFrame } from "danfojs-node";
import type { ConnectionUse } from "../../analysis/layers/connections.js";
import type { WirePerCall } from "../../analysis/layers/wire.js";
import type { Comparison } from "../../analysis/types.js";
import type { Missing } from "../../stats/missing.js";
import type { Feature, FeatureMeasure } from "../../verdicts/features.js";
import { sayRatio } from "../../verdicts/words/prose.js";
import { makeFrame } from "./frame.js";

/** How the calls of a protocol went over its connections. */
export interface ProtocolUse {
  readonly connections: ConnectionUse;
  readonly bytes: WirePerCall | Missing;
}

/** What a run says of both protocols: REST over HTTP/1.1, gRPC over HTTP/2. */
export interface MeasuredFeatures {
  readonly rest: ProtocolUse;
  readonly grpc: ProtocolUse;
  readonly median: Comparison | Missing;
}

/**
 * What a post says of HTTP/1.1 and HTTP/2 beside what was measured of it, a row a feature.
 *
 * @example
 * featureFrame(loadFeatures(), { rest, grpc, median: await compare(run, { first: "rest", second: "grpc" }) })
 */
export function featureFrame(features: readonly Feature[], measured: MeasuredFeatures): DataFrame {
  const said = sentences(measured);
  const rows = features.map(({ aspect, http1, http2, measure, remark }) => [
    aspect,
    http1,
    http2,
    measure === null ? "" : said[measure],
    remark,
  ]);
  return makeFrame(["aspect", "HTTP/1.1, it says", "HTTP/2, it says", "measured here", "remark"], rows, {
    caption: "What the post says of HTTP/1.1 and HTTP/2; measured: REST on the one, gRPC on the other",
  });
}

function sentences({ rest, grpc, median }: MeasuredFeatures): Readonly<Record<FeatureMeasure, string>> {
  const [onRest, onGrpc] = [rest.connections, grpc.connections];
  return {
    "bytes around bodies": `${aroundBodies(rest)} over REST, ${aroundBodies(grpc)} over gRPC, both ways together`,
    "under way at once": `at most ${count(onRest.mostUnderWay, "call")} at once on a connection over REST, ${say(onGrpc.mostUnderWay)} over gRPC`,
    order: `${lateAnswers(onRest)} over REST and ${lateAnswers(onGrpc)} over gRPC came after the answer to a later call on the same connection`,
    connections: `${connectionsOf(onRest)} over REST, ${connectionsOf(onGrpc)} over gRPC`,
    median: medianWords(median),
  };
}

function medianWords(median: Comparison | Missing): string {
  if ("missing" in median) return `nothing: ${median.missing}`;
  const { low, high } = median.ratio;
  return sayRatio({ ...median, low, high });
}

function aroundBodies({ bytes }: ProtocolUse): string {
  if ("missing" in bytes) return "an unknown number of bytes";
  const { sentBytes, receivedBytes, bodySentBytes, bodyReceivedBytes } = bytes;
  return `${count(Math.round(sentBytes + receivedBytes - bodySentBytes - bodyReceivedBytes), "byte")} a call`;
}

function lateAnswers({ overtaken, calls }: ConnectionUse): string {
  return `${say(overtaken)} of ${say(calls)} answers`;
}

function connectionsOf({ connections, calls }: ConnectionUse): string {
  return `${count(connections, "connection")} for ${say(calls)} calls`;
}

function count(number: number, what: string): string {
  return `${say(number)} ${what}${number === 1 ? "" : "s"}`;
}

function say(number: number): string {
  return number.toLocaleString("en");
}
