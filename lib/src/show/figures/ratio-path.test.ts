import { expect, it } from "vitest";
import { HOSTILE } from "../testing/samples.js";
import { type RatioPath, ratioPath } from "./ratio-path.js";

const estimate = (value: number) => ({ value, low: value * 0.9, high: value * 1.1, confidence: 0.99 });

const path: RatioPath = {
  statement: "The median call takes longer over REST than over gRPC",
  ratio: "REST ÷ gRPC, median",
  published: 85,
  steps: [
    { step: "the post's stack and its client, here", ratio: estimate(60), missing: "" },
    { step: "gRPC calls that do not block the other users", ratio: estimate(2), missing: "" },
    { step: HOSTILE, ratio: null, missing: "too few calls" },
  ],
  scope: "these processes only",
};
const shown = ratioPath(path, { source: "data/runs/sample" });

it("begins with the published ratio and keeps every step, measured or not", () => {
  expect(shown.table.rows.map(([step, ratio, , , remark]) => [step, ratio, remark])).toEqual([
    ["what the post prints", 85, ""],
    ["the post's stack and its client, here", 60, ""],
    ["gRPC calls that do not block the other users", 2, ""],
    [HOSTILE, null, "too few calls"],
  ]);
  expect(shown.description).toMatch(/Published 85.0×; then .*: 60.0× \(99 %: 54.0–66.0×\).*not measured/);
});

it("draws a mark for each ratio, all of them and 1 on the axis", () => {
  expect(shown.data.map(({ x }) => x)).toEqual([[85], [60, 2]]);
  const [low, high] = (shown.layout.xaxis as { range: [number, number] }).range;
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(Math.log10(85));
});

it("lets an interval whose digits say nothing not take the axis", () => {
  const vast = { value: 3, low: 1e-6, high: 1e6, confidence: 0.99 };
  const wide = ratioPath({ ...path, steps: [{ step: "few", ratio: vast, missing: "" }] }, { source: null });
  expect((wide.layout.xaxis as { range: [number, number] }).range[1]).toBeLessThan(3);
});

it("holds only what JSON can hold, and no markup of others", () => {
  const { data, layout, narrow, table } = shown;
  expect(JSON.parse(JSON.stringify({ data, layout, narrow, table }))).toEqual({
    data,
    layout,
    narrow,
    table,
  });
  expect(JSON.stringify([layout, narrow])).not.toContain("<img");
});
