import type { ArmSummary } from "../../analysis/types.js";

const estimate = (value: number) => ({ value, low: value * 0.9, high: value * 1.1, confidence: 0.99 });

/** One arm in numbers, made up. */
export function armSummary(arm: string, medianMs: number): ArmSummary {
  return {
    arm,
    calls: 10_000,
    warmupCalls: 500,
    failed: 3,
    errorRate: 0.0003,
    meanMs: medianMs * 1.1,
    minMs: medianMs / 2,
    medianMs,
    p50Ms: estimate(medianMs),
    p90Ms: estimate(medianMs * 1.5),
    p95Ms: estimate(medianMs * 2),
    p99Ms: null,
    maxMs: 12.3456789,
    firstCallMs: 4.2,
    callsPerSecond: 9090.909,
    peakCallsPerSecond: 9999,
    serverTime: { inServerMs: 5.4, overheadMs: 0.61 },
    server: { cpuMsPerCall: 0.0821, memory: null, missing: { cpu: null, memory: "it shares its server" } },
    load: null,
    connections: 1,
    bytesSentPerCall: null,
    bytesReceivedPerCall: 12,
    refused: { p99Ms: { refused: "p99 needs 368 calls", needed: 368 } },
  };
}
