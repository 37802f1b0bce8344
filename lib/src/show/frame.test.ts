import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { ArmSummary } from "../analysis/types.js";
import { viewOf } from "./display.js";
import { publishedFrame, summaryFrame } from "./frame.js";
import { HOSTILE, PUBLISHED_ROWS } from "./testing/samples.js";

const plain = (text: string): string => text.replaceAll("\u202f", " ");
const estimate = (value: number) => ({ value, low: value * 0.9, high: value * 1.1, confidence: 0.99 });

function summary(arm: string, medianMs: number): ArmSummary {
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
    server: { cpuMsPerCall: 0.0821, memory: null, missing: { cpu: null, memory: "it shares its server" } },
    connections: 1,
    bytesSentPerCall: null,
    bytesReceivedPerCall: 12,
    refused: { p99Ms: "needs 368 calls in a block" },
  };
}

describe("a summary frame", () => {
  const frame = summaryFrame([summary("rest", 0.1243), summary(HOSTILE, 0.181)]);
  const page = plain(viewOf(frame)?.html() ?? "");

  it("stays a Danfo frame with the exact values", () => {
    expect(frame.shape[0]).toBe(2);
    const slice = frame.loc({ columns: ["arm", "p50Ms"] });
    expect(slice.values).toEqual([
      ["rest", 0.1243],
      [HOSTILE, 0.181],
    ]);
  });

  it("shows three digits with a unit, and each interval with its value", () => {
    expect(page).toContain("124 µs<small>112–137 µs</small>");
    expect(page).toContain("12.3 ms");
    expect(page).toContain("10 000");
    expect(page).toContain("82.1 µs");
    expect(page).not.toMatch(/\d\.\d{4}/);
  });

  it("is an accessible table that says what is missing and leaves out empty columns", () => {
    expect(page).toContain("<caption>Each arm in numbers");
    expect(page).toContain('<th scope="row" class="text">rest</th>');
    expect(page).toContain("No p99 for rest, &lt;img");
    expect(page).not.toContain("sent per call</th>");
    expect(page).not.toContain("server memory");
    expect(page).toContain("received per call</th>");
  });

  it("lets no name become markup", () => {
    expect(page).not.toContain("<img");
  });

  it("keeps headings and units in a slice, which shows itself as well", () => {
    const text = plain(inspect(frame.loc({ columns: ["arm", "p50Ms"], rows: [0] })));
    expect(text).toMatch(/arm +median/);
    expect(text).toMatch(/rest +124 µs/);
  });
});

describe("a frame of published numbers", () => {
  it("divides in full precision and shows what was not measured as a dash", () => {
    const frame = publishedFrame(PUBLISHED_ROWS);
    const ratios = frame.values.map((row) => (row as readonly unknown[]).at(-1));
    expect(ratios).toEqual([0.0031 / 0.11, 1240 / 79_800, 1810 / 3320, null]);
    expect(plain(viewOf(frame)?.text() ?? "")).toMatch(/grpc-stream +total of 10,000 calls +2.24 s +– +–/);
  });
});
