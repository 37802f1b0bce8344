import fc from "fast-check";
import { expect, test } from "vitest";
import { initialWindowBytes, slowStartRounds, transferMs } from "./formula.js";

test("slow start sends 10, 20, 40 … segments, a round trip each", () => {
  const limits = [0, 10, 30, 70, 150].map((segments) => segments * 1460);
  expect(limits.map((bytes) => slowStartRounds(bytes))).toEqual([0, 1, 2, 3, 4]);
  expect(limits.map((bytes) => slowStartRounds(bytes + 1))).toEqual([1, 2, 3, 4, 5]);
  expect(slowStartRounds(1_580_000)).toBe(7);
  expect(slowStartRounds(1_580_000, 2_000_000)).toBe(1);
});

test("1.58 MB at 35.594 ms take six round trips and a half, and with the answer's way back 249 ms", () => {
  const oneWayMs = transferMs({ bytes: 1_580_000, roundTripMs: 35.594 });
  expect(oneWayMs).toBeCloseTo(6.5 * 35.594, 9);
  expect(oneWayMs + 35.594 / 2).toBeCloseTo(249.158, 9);
  expect(transferMs({ bytes: 1_580_000, roundTripMs: 35.594, freshConnection: true })).toBeCloseTo(
    7.5 * 35.594,
    9,
  );
});

test("without slow start or on a path without length, only the bandwidth takes time", () => {
  const windowBytes = Number.POSITIVE_INFINITY;
  expect(transferMs({ bytes: 1_000_000, roundTripMs: 10, windowBytes })).toBe(5);
  expect(transferMs({ bytes: 1_000_000, roundTripMs: 10, windowBytes, bandwidthMbps: 100 })).toBe(85);
  expect(transferMs({ bytes: 1_000_000, roundTripMs: 0, bandwidthMbps: 8 })).toBe(1000);
});

test("a narrow path is filled after a few windows, and from then on its bandwidth decides", () => {
  // 14,600 bytes leave in 11.68 ms at 10 Mbit/s, less than a round trip; 29,200 take longer than one.
  const ms = transferMs({ bytes: 1_000_000, roundTripMs: 20, bandwidthMbps: 10 });
  expect(ms).toBeCloseTo(20 + ((1_000_000 - 14_600) * 8) / 10_000 + 10, 9);
});

test("slow start's rounds and the transfer's time say the same", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 200 }), (bytes, roundTripMs) => {
      const ms = transferMs({ bytes, roundTripMs });
      expect(ms).toBeCloseTo((slowStartRounds(bytes) - 0.5) * roundTripMs, 6);
    }),
  );
});

test("what can't be is refused", () => {
  expect(() => slowStartRounds(-1)).toThrow(RangeError);
  expect(() => slowStartRounds(1, 0)).toThrow(RangeError);
  expect(() => transferMs({ bytes: 1, roundTripMs: Number.NaN })).toThrow(RangeError);
  expect(() => transferMs({ bytes: 1, roundTripMs: 1, bandwidthMbps: 0 })).toThrow(RangeError);
  expect(initialWindowBytes).toBe(14_600);
});
