import { expect, test } from "vitest";
import type { ArmSummary } from "../../analysis/types.js";
import { viewOf } from "../display.js";
import { predictedFrame } from "./predicted-frame.js";

function summary(arm: string, medianMs: number, enough: boolean): ArmSummary {
  const p50Ms = enough ? { value: medianMs, low: medianMs - 1, high: medianMs + 1, confidence: 0.99 } : null;
  const nothing = { p90Ms: null, p95Ms: null, p99Ms: null, firstCallMs: null, refused: {} };
  const bytes = { bytesSentPerCall: null, bytesReceivedPerCall: null };
  const times = { meanMs: medianMs, minMs: medianMs, maxMs: medianMs };
  const rates = { callsPerSecond: 1, peakCallsPerSecond: 1, connections: 1, load: null };
  const server = { cpuMsPerCall: null, memory: null, missing: { cpu: "made up", memory: "made up" } };
  return {
    arm,
    calls: 9,
    warmupCalls: 0,
    failed: 0,
    errorRate: 0,
    medianMs,
    p50Ms,
    ...times,
    ...nothing,
    ...bytes,
    ...rates,
    server,
    serverTime: null,
  };
}

test("a prediction is met within 15 % of itself, with or without an interval around what was measured", () => {
  const predictions = ["near", "far", "few", "none"].map((arm) => ({ arm, linkMs: 35.6, ownMs: 0.4 }));
  const frame = predictedFrame(predictions, [
    summary("near", 41.3, true),
    summary("far", 41.5, true),
    summary("few", 36, false),
  ]);
  const cells = frame.loc({ columns: ["arm", "predictedMs", "measuredMs", "within"] }).values;
  expect(cells).toEqual([
    ["near", 36, 41.3, "within 15 %"],
    ["far", 36, 41.5, "off by more than 15 %"],
    ["few", 36, 36, "within 15 %"],
    ["none", 36, null, null],
  ]);
  expect(viewOf(frame)?.html()).toContain("40.3–42.3");
});
