import { expect, test } from "vitest";
import { duration, durationRange, numberAbove0 } from "./options.js";

test.each([
  ["30s", 30_000],
  ["2min", 120_000],
  ["3m", 180_000],
  ["500ms", 500],
  ["1h30m", 5_400_000],
  ["1.5s", 1500],
  [".5s", 500],
  ["10", 10_000],
  ["24h", 86_400_000],
])("%s is a time of %d ms", (text, ms) => {
  expect(duration(text)).toBe(ms);
});

test.each([
  "0",
  "0s",
  "-1s",
  "24h1ms",
  "1e3s",
  "NaN",
  "Infinity",
  "",
  "s",
  "1 s",
  "1s-2s",
  "10x",
  "1..5s",
  "1.s",
  "99999999999999999999h",
])("“%s” is no time", (text) => {
  expect(() => duration(text)).toThrow(/a time above 0, at most 24h/);
});

test("a pause is a time or the shortest and the longest, and may be none", () => {
  const texts = ["1s", "1s-2s", "1-2s", "500ms-1s", "0", "0-10ms"];
  expect(texts.map(durationRange)).toEqual([
    [1000, 1000],
    [1000, 2000],
    [1000, 2000],
    [500, 1000],
    [0, 0],
    [0, 10],
  ]);
  for (const wrong of ["2s-1s", "1s-", "-1s", "1s-2s-3s", "x", ""]) {
    expect(() => durationRange(wrong)).toThrow(/the shortest and the longest/);
  }
});

test("a rate is above 0, and may be a fraction", () => {
  const rate = numberAbove0({ most: 100 });
  expect([rate("0.5"), rate("100")]).toEqual([0.5, 100]);
  for (const wrong of ["0", "-1", "100.1", "NaN", "1e1", "", "0x10"]) {
    expect(() => rate(wrong)).toThrow(/above 0, at most 100/);
  }
});
