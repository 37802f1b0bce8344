import { expect, test } from "vitest";
import { Congestion, retransmissionTimeoutMs } from "./congestion.js";

const never = Number.POSITIVE_INFINITY;

/** Sends whole windows of `congestion` for some round trips of 10 ms and gives what the window was in each. */
function fullWindows(congestion: Congestion, roundTrips: number, fromMs = 0): number[] {
  return Array.from({ length: roundTrips }, (_, index) => {
    const atMs = fromMs + 10 * index;
    congestion.advance(atMs);
    const { windowBytes } = congestion;
    congestion.send(atMs, congestion.roomBytes, atMs + 10, true);
    return windowBytes;
  });
}

test("a window that is used doubles every round trip", () => {
  const congestion = new Congestion(never);
  expect(fullWindows(congestion, 4)).toEqual([14_600, 29_200, 58_400, 116_800]);
  expect(congestion.roomBytes).toBe(0);
  expect(congestion.nextAckMs).toBe(40);
});

test("a window that small calls don't use stays what it is", () => {
  const congestion = new Congestion(never);
  for (let call = 0; call < 1000; call++) {
    congestion.advance(10 * call);
    congestion.send(10 * call, 200, 10 * call + 10, false);
  }
  congestion.advance(1e6);
  expect(congestion.windowBytes).toBe(14_600);
});

test("a window that is more than half used grows though nothing had to wait", () => {
  const congestion = new Congestion(never);
  congestion.send(0, 8_000, 10, false);
  congestion.advance(10);
  expect(congestion.windowBytes).toBe(22_600);
});

test("after a pause a window falls by half a timeout, no lower than it began, and only when asked for", () => {
  const timeoutMs = retransmissionTimeoutMs(10);
  expect(timeoutMs).toBe(210);
  const windowAfter = (halvesAfterMs: number, pauseMs: number) => {
    const congestion = new Congestion(halvesAfterMs);
    fullWindows(congestion, 4);
    congestion.advance(30 + pauseMs);
    return congestion.windowBytes;
  };
  expect(windowAfter(never, 1e6)).toBe(233_600);
  expect(windowAfter(timeoutMs, 209)).toBe(233_600);
  expect(windowAfter(timeoutMs, 211)).toBe(116_800);
  expect(windowAfter(timeoutMs, 421)).toBe(58_400);
  expect(windowAfter(timeoutMs, 1e6)).toBe(14_600);
});
