import { expect, test } from "vitest";
import { loadFeatures } from "./features.js";

test("every row of post 004's table is measured, or it is said why it is not", () => {
  const features = loadFeatures();
  expect(features).toHaveLength(13);
  expect(features.filter(({ measure, remark }) => measure === null && remark === "")).toEqual([]);
  expect(new Set(features.map(({ id }) => id)).size).toBe(features.length);
});
