import { expect, test } from "vitest";
import type { Comparison } from "../../analysis/types.js";
import type { Feature } from "../../verdicts/features.js";
import { featureFrame, type ProtocolUse } from "./feature-frame.js";

const row = { id: "", post: "004", aspect: "", http1: "", http2: "", remark: "" };
const measures = [
  "bytes around bodies",
  "under way at once",
  "order",
  "connections",
  "median",
  null,
] as const;
const features = measures.map((measure): Feature => ({ ...row, measure }));
const rest: ProtocolUse = {
  connections: { arm: "rest", calls: 1200, connections: 20, mostUnderWay: 1, overtaken: 0 },
  bytes: {
    ...{ calls: 1200, sentBytes: 150.4, receivedBytes: 250, bodySentBytes: 8, bodyReceivedBytes: 16 },
    ...{ base64SentBytes: 0, framing: null },
  },
};
const grpc: ProtocolUse = {
  connections: { arm: "grpc", calls: 1200, connections: 1, mostUnderWay: 20, overtaken: 31 },
  bytes: { missing: "nobody counted" },
};
const median: Comparison = {
  first: "rest",
  second: "grpc",
  metric: "median",
  ratio: { value: 1.25, low: 1.2, high: 1.3, confidence: 0.99 },
  pairs: 10,
  blocks: 20,
  calls: 2400,
  scope: "fresh processes on this machine",
  run: null,
};

test("each feature has the sentence of what was measured of it, and a definition none", () => {
  expect(featureFrame(features, { rest, grpc, median }).column("measured here").values).toEqual([
    "376 bytes a call over REST, an unknown number of bytes over gRPC, both ways together",
    "at most 1 call at once on a connection over REST, 20 over gRPC",
    "0 of 1,200 answers over REST and 31 of 1,200 answers over gRPC came after the answer to a later call on the same connection",
    "20 connections for 1,200 calls over REST, 1 connection for 1,200 calls over gRPC",
    "REST took 1.2 to 1.3 times as long as gRPC (median)",
    "",
  ]);
});
