import { expect, it } from "vitest";
import { viewOf } from "../display.js";
import { PUBLISHED_ROWS } from "../testing/samples.js";
import { publishedFrame } from "./published-frame.js";

it("divides in full precision and shows what was not measured as a dash", () => {
  const frame = publishedFrame(PUBLISHED_ROWS);
  const ratios = frame.values.map((row) => (row as readonly unknown[]).at(-1));
  expect(ratios).toEqual([0.0031 / 0.11, 1240 / 79_800, 1810 / 3320, null]);
  const text = (viewOf(frame)?.text() ?? "").replaceAll("\u202f", " ");
  expect(text).toMatch(/grpc-stream +total of 10,000 calls +2.24 s +– +–/);
});
