import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LoadMeter, type LoadRow } from "./load-meter.js";

/** A closed load on a server that takes `callMs` however many call: whoever is free first makes the next call. */
function closedLoad(options: { calls: number; callers: number; callMs?: number; gapMs?: number }): LoadRow[] {
  const { calls, callers, callMs = 1, gapMs = 0 } = options;
  const freeAt = Array<number>(callers).fill(0);
  return Array.from({ length: calls }, () => {
    const caller = freeAt.indexOf(Math.min(...freeAt));
    const startMs = freeAt[caller] as number;
    freeAt[caller] = startMs + callMs + gapMs;
    return { caller, startMs, durationMs: callMs, calls: 1, ok: true };
  });
}

function metered(rows: readonly LoadRow[]): LoadMeter {
  const meter = new LoadMeter();
  for (const row of rows) meter.add(row);
  return meter;
}

test("a server that scales perfectly is seen to, however unevenly calls divide among callers", () => {
  const load = fc.record({
    calls: fc.integer({ min: 1, max: 200 }),
    callers: fc.integer({ min: 1, max: 40 }),
  });
  fc.assert(
    fc.property(load, ({ calls, callers }) => {
      fc.pre(callers <= calls);
      const meter = metered(closedLoad({ calls, callers }));
      expect(meter.callsPerSecond()).toBeCloseTo(1000 * callers, 6);
      expect(meter.underWay()).toBeCloseTo(callers, 9);
    }),
    { seed: 11 },
  );
});

test("what callers do between calls is in the rate and not under way", () => {
  const meter = metered(closedLoad({ calls: 4000, callers: 4, callMs: 3, gapMs: 1 }));
  expect(meter.underWay()).toBeCloseTo(3, 2);
  expect(meter.callsPerSecond()).toBeCloseTo(1000, 0);
});

test.each(["first", "in the middle", "last"])(
  "a call that fails late costs its time, also when it is %s",
  (where) => {
    const at = { first: 0, "in the middle": 10, last: 19 }[where] as number;
    let startMs = 0;
    const rows = Array.from({ length: 20 }, (_, index): LoadRow => {
      const durationMs = index === at ? 5000 : 1;
      const row = { caller: 0, startMs, durationMs, calls: 1, ok: index !== at };
      startMs += durationMs;
      return row;
    });
    expect(metered(rows).callsPerSecond()).toBeCloseTo((1000 * 19) / 5019, 9);
  },
);

test("a row that stands for a batch lasts as long as all its calls", () => {
  const meter = metered([{ caller: 0, startMs: 5, durationMs: 0.25, calls: 100, ok: true }]);
  expect(meter.elapsedMs()).toBe(25);
  expect(meter.callsPerSecond()).toBe(4000);
});

test("no calls have no rate", () => {
  expect(new LoadMeter().elapsedMs()).toBe(0);
  expect(new LoadMeter().callsPerSecond()).toBeNaN();
});
