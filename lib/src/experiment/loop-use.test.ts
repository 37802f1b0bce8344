import { performance as clock } from "node:perf_hooks";
import { beforeEach, expect, test, vi } from "vitest";
import { watchLoop } from "./loop-use.js";

let idle = 0;
let active = 0;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(clock, "now").mockImplementation(() => performance.now());
  vi.spyOn(clock, "eventLoopUtilization").mockImplementation((now, before) => {
    // As Node's: the difference of two readings, or a reading.
    const reading = {
      idle: (now?.idle ?? idle) - (before?.idle ?? 0),
      active: (now?.active ?? active) - (before?.active ?? 0),
    };
    return { ...reading, utilization: reading.active / (reading.idle + reading.active) };
  });
});

/** Lets time pass, so much of it with something to do. */
function pass({ idleMs, activeMs }: { idleMs: number; activeMs: number }): void {
  idle += idleMs;
  active += activeMs;
  vi.advanceTimersByTime(idleMs + activeMs);
}

test("every second has its own share, the time before the begin belongs to none, and the last is cut off", () => {
  const watch = watchLoop(performance.now() + 100);
  pass({ idleMs: 0, activeMs: 100 });
  pass({ idleMs: 750, activeMs: 250 });
  pass({ idleMs: 0, activeMs: 1000 });
  pass({ idleMs: 50, activeMs: 50 });
  expect(watch.stop()).toEqual([0.25, 1, 0.5]);
  expect(vi.getTimerCount()).toBe(0);
});

test("a stretch of no length was idle, and a load that never began has no seconds", () => {
  const watch = watchLoop(performance.now() + 1);
  pass({ idleMs: 1, activeMs: 0 });
  pass({ idleMs: 900, activeMs: 100 });
  expect(watch.stop()).toEqual([0.1, 0]);
  expect(watchLoop(performance.now() + 50).stop()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
