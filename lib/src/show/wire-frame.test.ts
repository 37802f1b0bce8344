import { expect, test } from "vitest";
import { viewOf } from "./display.js";
import { wireFrame } from "./wire-frame.js";

test("an arm whose bytes nobody counted has a note in place of a row", () => {
  const bytes = { calls: 9, sentBytes: 150, receivedBytes: 250, bodySentBytes: 8, bodyReceivedBytes: 16 };
  const frame = wireFrame([
    { arm: "rest", bytes },
    { arm: "grpc", bytes: { missing: "nobody counted" } },
  ]);
  expect(frame.columns).toEqual([
    "arm",
    "bodySentBytes",
    "wireSentBytes",
    "bodyReceivedBytes",
    "wireReceivedBytes",
  ]);
  expect(frame.values).toEqual([["rest", 8, 150, 16, 250]]);
  expect(viewOf(frame)?.text()).toContain("Nothing for grpc: nobody counted.");
});
