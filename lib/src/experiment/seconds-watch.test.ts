import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ProcessUsage } from "../hosts/process-usage.js";
import type { LoadSecond } from "../record/load-info.js";
import { SecondsWatch } from "./seconds-watch.js";
import type { SidesUsage } from "./usage.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function usage(usedMs: number, residentBytes: number | null): ProcessUsage {
  const threadsNs = new Map([[1, usedMs * 1e6]]);
  return { threadsNs, wholeMs: usedMs, processes: 1, residentBytes, peakBytes: residentBytes };
}

function watch(read: () => SidesUsage | null, leadMs = 100) {
  const told: LoadSecond[] = [];
  const beginAt = performance.now() + leadMs;
  return { told, watch: new SecondsWatch({ beginAt, read, onSecond: (second) => told.push(second) }) };
}

test("tells of every second what the sides used in it, and of the cut-off one at the end", () => {
  let now = 0;
  const { told, watch: one } = watch(() => ({
    server: usage(now * 0.5, 1000 + now),
    clients: [usage(now * 0.25, 500), usage(now * 0.125, 600)],
  }));
  const pass = (ms: number) => {
    for (let i = 0; i < ms; i++) {
      now++;
      vi.advanceTimersByTime(1);
    }
  };
  pass(100);
  pass(2000);
  expect(told).toHaveLength(2);
  pass(500);
  const seconds = one.stop();
  expect(seconds).toEqual(told);
  expect(seconds).toEqual([
    {
      atMs: 1000,
      serverCpuMs: 500,
      clientCpuMs: 375,
      serverBytes: 2100,
      clientBytes: 1100,
      clientLoopUse: null,
    },
    {
      atMs: 2000,
      serverCpuMs: 500,
      clientCpuMs: 375,
      serverBytes: 3100,
      clientBytes: 1100,
      clientLoopUse: null,
    },
    {
      atMs: 2500,
      serverCpuMs: 250,
      clientCpuMs: 187.5,
      serverBytes: 3600,
      clientBytes: 1100,
      clientLoopUse: null,
    },
  ]);
  expect(one.stop()).toBe(seconds);
  expect([seconds.length, vi.getTimerCount()]).toEqual([3, 0]);
});

test("what is not known of a side is null, and the other is told all the same", () => {
  const { watch: one } = watch(() => ({
    server: { missing: "it runs elsewhere" },
    clients: [usage(performance.now(), 500)],
  }));
  vi.advanceTimersByTime(1100);
  expect(one.stop()[0]).toMatchObject({
    serverCpuMs: null,
    serverBytes: null,
    clientCpuMs: 1000,
    clientBytes: 500,
  });
  const { watch: none } = watch(() => null);
  vi.advanceTimersByTime(1100);
  expect(none.stop()[0]).toMatchObject({ serverCpuMs: null, clientCpuMs: null, clientBytes: null });
});

test("a load that ends before it begins has one stretch of no length", () => {
  const { watch: one } = watch(() => null);
  expect(one.stop()).toMatchObject([{ atMs: 0, clientCpuMs: null }]);
  expect(vi.getTimerCount()).toBe(0);
});
