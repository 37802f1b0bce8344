import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { measure } from "../../experiment/measure.js";
import { openRun } from "../../record/run.js";
import type { RunInfo } from "../../record/run-info.js";
import { sampleInfo } from "../../record/testing/samples.js";
import { sampleCalls } from "../../show/testing/samples.js";
import { type WirePerCall, wireOf } from "./wire.js";

const calls = sampleCalls({
  arms: [{ name: "rest", medianMs: 1 }],
  pairs: 2,
  blocks: 4,
  callsPerRound: 10,
});

test("is a mean over the warm rounds of that arm, by each round's own calls", () => {
  const round = (arm: string, pair: number, block: number, count: number, sentBytes: number) => {
    return { arm, pair, block, calls: count, sentBytes, receivedBytes: 2 * sentBytes };
  };
  const wire = [
    round("rest", 0, 0, 10, 99_999),
    round("rest", 0, 1, 10, 99_999),
    round("rest", 0, 2, 10, 1000),
    round("rest", 1, 1, 30, 6000),
    round("grpc", 0, 2, 10, 99_999),
  ];
  const info = sampleInfo({ wire, pairs: 2, warmFromBlock: [2, 1] });
  expect(wireOf(calls, info, "rest")).toMatchObject({ calls: 40, sentBytes: 175, receivedBytes: 350 });
});

test("tells base64 from the bytes that it stands for, of a file by its size", () => {
  const own = sampleInfo().arms[0] as RunInfo["arms"][number];
  const wire = [{ arm: "rest", pair: 0, block: 1, calls: 10, sentBytes: 9000, receivedBytes: 90 }];
  const input = { file: "a.png", contentType: "image/png", sizeBytes: 3, sha256: "", answer: null };
  const arms = [{ ...own, name: "rest", arm: "rest-base64" }];
  const info = sampleInfo({ wire, arms, input, warmFromBlock: [1, 1] });
  const { bodySentBytes, base64SentBytes } = wireOf(calls, info, "rest") as WirePerCall;
  expect(base64SentBytes).toBe(bodySentBytes - 3);
});

test("says why it is not known, of a run of before and of an arm without connections", () => {
  for (const wire of [[], [{ arm: "rest", pair: 0, block: 0, calls: 9, sentBytes: 9, receivedBytes: 9 }]]) {
    expect(wireOf(calls, sampleInfo({ wire, warmFromBlock: [1, 1] }), "rest")).toEqual({
      missing: "nobody counted what went over its connections in a warm round",
    });
  }
});

test("tells of a real run what the protocols add to the same bodies", async () => {
  const runsFolder = mkdtempSync(join(tmpdir(), "wirelab-wire-"));
  onTestFinished(() => rmSync(runsFolder, { recursive: true }));
  const arms = ["function", "rest-new-connection", "rest", "grpc", "grpc-http2"];
  const plan = { arms, pairs: 1, blocks: 2, warmupBlocks: 1, callsPerRound: 30, primeCalls: 60, runsFolder };
  const { folder } = await measure(plan);
  const run = await openRun(folder as string);
  const { info } = run;
  const recorded = await run.calls();
  expect(info.wire).toHaveLength(info.order.flat(2).filter((arm) => arm !== "function").length);
  const wire = Object.fromEntries(arms.map((arm) => [arm, wireOf(recorded, info, arm) as WirePerCall]));
  expect(wire.function).toHaveProperty("missing");
  const { rest, grpc } = wire;
  // Over a kept connection REST repeats its headers; gRPC's are in the tables of HPACK by now, and a frame's head is 9 bytes.
  expect(rest?.calls).toBe(60);
  expect(rest?.sentBytes).toBeGreaterThan((rest?.bodySentBytes as number) + 80);
  expect(rest?.receivedBytes).toBeGreaterThan((rest?.bodyReceivedBytes as number) + 100);
  // What is neither body nor frame are the references to those tables.
  const headers =
    (grpc?.receivedBytes ?? 0) - (grpc?.bodyReceivedBytes ?? 0) - (grpc?.framing?.receivedBytes ?? 0);
  expect(headers).toBeGreaterThanOrEqual(7);
  expect(headers).toBeLessThan(40);
  expect(rest?.framing).toEqual({ sentBytes: 0, receivedBytes: 0 });
  for (const { sentBytes, bodySentBytes } of [grpc, wire["grpc-http2"]] as WirePerCall[]) {
    expect(sentBytes).toBeGreaterThan(bodySentBytes + 2 * 9 + 5);
    expect(sentBytes).toBeLessThan(rest?.sentBytes as number);
  }
});
