import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatDurationInterval,
  formatNumber,
  formatRatio,
  formatRatioInterval,
  formatShare,
  formatTick,
  formatWait,
} from "./number.js";

const plain = (text: string): string => text.replaceAll("\u202f", " ");

describe("numbers as people read them", () => {
  it.each([
    [0, "0 µs"],
    [0.0003, "300 ns"],
    [0.124, "124 µs"],
    [0.9994, "999 µs"],
    [0.9996, "1.00 ms"],
    [1.489, "1.49 ms"],
    [35.594, "35.6 ms"],
    [999.6, "1.00 s"],
    [79_800, "79.8 s"],
    [1_234_567, "1 230 s"],
    [Number.NaN, "–"],
    [null, "–"],
  ])("writes %s ms as %s", (durationMs, text) => {
    expect(plain(formatDuration(durationMs))).toBe(text);
  });

  it.each([
    [0.12, 0.129, "120–129 µs"],
    [0.98, 1.04, "0.980–1.04 ms"],
    [1200, 1330, "1.20–1.33 s"],
  ])("writes an interval from %s to %s ms in one unit", (low, high, text) => {
    expect(plain(formatDurationInterval({ low, high }))).toBe(text);
  });

  it.each([
    [formatRatio(1.4824), "1.48×"],
    [formatRatio(29269), "29 300×"],
    [formatRatio(0.0031), "0.00310×"],
    [formatRatio(null), "–"],
    [formatRatioInterval({ low: 1.449, high: 1.511 }), "1.45–1.51×"],
    [formatCount(17165), "17 165"],
    [formatCount(1e7), "10 000 000"],
    [formatCount(999), "999"],
    [formatCount(Number.POSITIVE_INFINITY), "–"],
    [formatNumber(1.5), "1.50"],
    [formatNumber(-1234.5), "-1 230"],
    [formatNumber(0.00001234), "0.0000123"],
    [formatShare(0.0012), "0.12 %"],
    [formatShare(1), "100 %"],
    [formatBytes(12), "12 B"],
    [formatBytes(524_288), "524 kB"],
    [formatBytes(999_999), "1.00 MB"],
    [formatBytes(25_769_803_776), "25.8 GB"],
    [formatTick(0.1), "100 µs"],
    [formatTick(1500), "1.5 s"],
    [formatWait(125), "2 min 5 s"],
    [formatWait(7.6), "8 s"],
  ])("writes %j as %s", (written, text) => {
    expect(plain(written)).toBe(text);
  });

  it("keeps a duration within half a unit of its third digit, whatever its size", () => {
    const perUnit: Record<string, number> = { ns: 1e6, µs: 1000, ms: 1, s: 0.001 };
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (durationMs) => {
        const [number = "", unit = ""] = plain(formatDuration(durationMs)).split(/ (?=\D)/);
        const back = Number(number.replaceAll(" ", "")) / (perUnit[unit] ?? Number.NaN);
        expect(Math.abs(back - durationMs) / durationMs).toBeLessThanOrEqual(0.00501);
      }),
    );
  });
});
