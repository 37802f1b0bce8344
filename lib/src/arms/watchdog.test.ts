import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Watch, Watchdog } from "./watchdog.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("ends calls between their time-out and a tenth later, each once, and no other", () => {
  const timeoutMs = 1000;
  const watchdog = new Watchdog({ timeoutMs });
  const endedAfter: (number | null)[] = Array(50).fill(null);
  const watches: Watch[] = [];
  for (let caller = 0; caller < 50; caller++) {
    const beganAt = performance.now();
    const watch = watchdog.watch(() => {
      expect(endedAfter[caller]).toBeNull();
      endedAfter[caller] = performance.now() - beganAt;
    });
    watch.callBegan();
    watches.push(watch);
    vi.advanceTimersByTime(7);
  }
  for (const watch of watches.filter((_, caller) => caller % 2 === 0)) watch.callEnded();
  vi.advanceTimersByTime(3 * timeoutMs);
  for (const [caller, after] of endedAfter.entries()) {
    if (caller % 2 === 0) expect(after).toBeNull();
    else expect(after).toSatisfy((ms: number) => ms >= timeoutMs && ms <= timeoutMs * 1.1);
  }
  watchdog.close();
});

test("watches ten thousand callers by one timer, from a call to the next, until it is closed", () => {
  const watchdog = new Watchdog({ timeoutMs: 100 });
  let overdue = 0;
  const watches = Array.from({ length: 10_000 }, () => watchdog.watch(() => overdue++));
  expect(vi.getTimerCount()).toBe(1);
  for (let call = 1; call <= 2; call++) {
    for (const watch of watches) watch.callBegan();
    vi.advanceTimersByTime(200);
    expect(overdue).toBe(call * 10_000);
  }
  for (const watch of watches) watch.callBegan();
  watchdog.close();
  vi.advanceTimersByTime(200);
  expect(overdue).toBe(20_000);
});
