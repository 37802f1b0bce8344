import type { DataFrame } from "danfojs-node";
import { compare } from "../analysis/compare.js";
import { type ConnectionUse, connectionUseOf } from "../analysis/connections.js";
import { type WirePerCall, wireOf } from "../analysis/wire.js";
import type { Calls } from "../record/calls.js";
import type { Run } from "../record/run.js";
import { makeFrame } from "../show/danfo.js";
import { type FeatureMeasure, loadFeatures } from "../verdicts/features.js";
import { sayRatio } from "../verdicts/prose.js";

/**
 * What a post's table says of HTTP/1.1 and HTTP/2, each row with what a run with the arms rest and grpc measured of it, or
 * that it is a definition or out of date.
 *
 * @example
 * await features("004", run);
 */
export async function features(post: string, run: Run): Promise<DataFrame> {
  const calls = await run.calls();
  const measured = await sentences(run, calls);
  const rows = loadFeatures()
    .filter((feature) => feature.post === post)
    .map(({ aspect, http1, http2, measure, remark }) => [
      aspect,
      http1,
      http2,
      measure === null ? "" : measured[measure],
      remark,
    ]);
  return makeFrame(["aspect", "HTTP/1.1, it says", "HTTP/2, it says", "measured here", "remark"], rows, {
    caption: "What the post says of HTTP/1.1 and HTTP/2; measured: REST on the one, gRPC on the other",
  });
}

async function sentences(run: Run, calls: Calls): Promise<Readonly<Record<FeatureMeasure, string>>> {
  const [rest, grpc] = (["rest", "grpc"] as const).map((arm) => connectionUseOf(calls, arm)) as [
    ConnectionUse,
    ConnectionUse,
  ];
  const { ratio, ...compared } = await compare(run, { first: "rest", second: "grpc" });
  return {
    "bytes around bodies": `${aroundBodies(run, calls, "rest")} over REST, ${aroundBodies(run, calls, "grpc")} over gRPC, both ways together`,
    "under way at once": `at most ${count(rest.mostUnderWay, "call")} at once on a connection over REST, ${say(grpc.mostUnderWay)} over gRPC`,
    order: `${lateAnswers(rest)} over REST and ${lateAnswers(grpc)} over gRPC came after the answer to a later call on the same connection`,
    connections: `${connectionsOf(rest)} over REST, ${connectionsOf(grpc)} over gRPC`,
    median: sayRatio({ ...compared, low: ratio.low, high: ratio.high }),
  };
}

function aroundBodies(run: Run, calls: Calls, arm: string): string {
  const wire = wireOf(calls, run.info, arm);
  if ("missing" in wire) return "an unknown number of bytes";
  return `${count(Math.round(besideBodies(wire)), "byte")} a call`;
}

function besideBodies(wire: WirePerCall): number {
  return wire.sentBytes + wire.receivedBytes - wire.bodySentBytes - wire.bodyReceivedBytes;
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
