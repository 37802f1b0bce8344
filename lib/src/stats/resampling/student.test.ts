import { describe, expect, it } from "vitest";
import { studentQuantile } from "./student.js";

describe("studentQuantile", () => {
  it.each([
    [0.975, 1, 12.7062],
    [0.995, 1, 63.6567],
    [0.975, 4, 2.77645],
    [0.995, 9, 3.24984],
    [0.995, 19, 2.86093],
    [0.9995, 30, 3.64596],
    [0.995, Number.POSITIVE_INFINITY, 2.57583],
  ])("at %f with %f degrees of freedom is %f, as printed tables have it", (share, freedom, expected) => {
    expect(studentQuantile(share, freedom)).toBeCloseTo(expected, 4);
    expect(studentQuantile(1 - share, freedom)).toBeCloseTo(-expected, 4);
  });

  it("inverts the closed form for two degrees of freedom", () => {
    for (const share of [0.51, 0.7, 0.9, 0.99, 0.9999]) {
      const t = studentQuantile(share, 2);
      expect(0.5 + t / (2 * Math.sqrt(2 + t * t))).toBeCloseTo(share, 10);
    }
  });

  it("falls as degrees of freedom rise, whole or not", () => {
    const quantiles = [1, 1.5, 2, 2.7, 9, 9.5, 100].map((freedom) => studentQuantile(0.995, freedom));
    expect(quantiles).toEqual([...quantiles].sort((a, b) => b - a));
  });

  it("refuses what is out of range", () => {
    expect(() => studentQuantile(1, 5)).toThrow(RangeError);
    expect(() => studentQuantile(0.9, 0)).toThrow(RangeError);
  });
});
