import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newAnswer } from "../arms/arm.js";
import { findWorkload } from "../arms/registry.js";
import type { RoundPart } from "../record/calls.js";
import { CallRecorder, serverMsOf } from "./call-recorder.js";
import { rowsOf } from "./testing/rows.js";

beforeEach(() => vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => vi.useRealTimers());

function recorder() {
  const parts: RoundPart[] = [];
  const place = { arm: "rest", pair: 1, block: 2 };
  const options = { ...place, clockOffsetMs: 100, onPart: (part: RoundPart) => parts.push(part) };
  return { parts, recorder: new CallRecorder(options, { expectedCalls: 4 }) };
}

const answers = {
  ok: { ...newAnswer<unknown>(), ok: true, status: 200, firstByteAt: 13, bytesSent: 11, connectionId: 3 },
  timeout: { ...newAnswer<unknown>(), error: "TIMEOUT" },
  refused: { ...newAnswer<unknown>(), error: "ECONNREFUSED" },
};

describe("a call recorder", () => {
  it("puts times on the run's clock, and durations from when the call was sent", () => {
    const { parts, recorder: one } = recorder();
    one.record(7, 5, 8, 10, 15, 2.5, answers.ok);
    expect(parts).toEqual([]);
    one.flush();
    expect(parts[0]).toMatchObject({ arm: "rest", pair: 1, block: 2, errorCodes: [""] });
    expect(rowsOf(parts)).toEqual([
      {
        index: 7,
        caller: 5,
        intendedMs: 108,
        startMs: 110,
        durationMs: 5,
        serverMs: 2.5,
        bytesSent: 11,
        ok: true,
        error: "",
        connectionId: 3,
      },
    ]);
    expect(parts[0]?.columns.firstByteMs[0]).toBe(3);
  });

  it("hands on what it has with the first call that ends a quarter of a second after the last time", () => {
    const { parts, recorder: one } = recorder();
    one.record(0, 0, 0, 0, 100, NaN, answers.ok);
    one.record(1, 0, 100, 100, 250, NaN, answers.ok);
    expect(parts).toEqual([]);
    one.record(2, 0, 250, 250, 250.5, NaN, answers.ok);
    expect(parts.map(({ columns }) => columns.length)).toEqual([3]);
    one.flush();
    expect(parts).toHaveLength(1);
  });

  it("hands on a full part whatever the time, so that its memory is bounded", () => {
    const { parts, recorder: one } = recorder();
    for (let index = 0; index < 40_000; index++) one.record(index, 0, 0, 0, 1, NaN, answers.ok);
    expect(parts.map(({ columns }) => columns.length)).toEqual([16_384, 16_384]);
    one.flush();
    expect(rowsOf(parts).map(({ index }) => index)).toEqual(Array.from({ length: 40_000 }, (_, i) => i));
  });

  it("counts failed calls, in all and in a row, and knows the last one's code", () => {
    const { recorder: one } = recorder();
    const counts = () => [one.failed, one.failedInARow, one.lastError];
    for (const answer of [answers.timeout, answers.timeout, answers.ok, answers.refused]) {
      one.record(0, 0, 0, 0, 1, NaN, answer);
    }
    expect(counts()).toEqual([3, 1, "ECONNREFUSED"]);
  });

  it("asks only right answers what they took in the server", () => {
    const workload = { ...findWorkload("increment"), serverMs: (output: unknown) => Number(output) };
    expect(serverMsOf(workload, { ...answers.ok, output: 4 })).toBe(4);
    expect(serverMsOf(workload, { ...answers.timeout, output: 4 })).toBeNaN();
    expect(serverMsOf(findWorkload("increment"), { ...answers.ok, output: 4 })).toBeNaN();
  });
});
