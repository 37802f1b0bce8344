import { expect, test } from "vitest";
import { viewOf } from "../display.js";
import { wireFrame } from "./wire-frame.js";

test("an arm whose bytes nobody counted has a note in place of a row", () => {
  const bytes = {
    ...{ calls: 9, sentBytes: 150, receivedBytes: 250, bodySentBytes: 8, bodyReceivedBytes: 16 },
    ...{ base64SentBytes: 0, framing: { sentBytes: 23, receivedBytes: 32 } },
  };
  const frame = wireFrame([
    { arm: "rest", bytes },
    { arm: "rest-base64", bytes: { ...bytes, base64SentBytes: 3, framing: null } },
    { arm: "grpc", bytes: { missing: "nobody counted" } },
  ]);
  expect(frame.columns).toEqual([
    "arm",
    ...["bodySentBytes", "base64SentBytes", "framingSentBytes", "headersSentBytes", "wireSentBytes"],
    ...["bodyReceivedBytes", "framingReceivedBytes", "headersReceivedBytes", "wireReceivedBytes"],
  ]);
  expect(frame.values).toEqual([
    ["rest", 8, null, 23, 119, 150, 16, 32, 202, 250],
    ["rest-base64", 8, 3, null, null, 150, 16, null, null, 250],
  ]);
  expect(viewOf(frame)?.text()).toContain("Nothing for grpc: nobody counted.");
});
