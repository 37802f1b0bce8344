import { expect, test } from "vitest";
import { viewOf } from "../display.js";
import { armSummary } from "../testing/summaries.js";
import { costFrame } from "./cost-frame.js";

const plain = (text: string): string => text.replaceAll("\u202f", " ");
const rest = armSummary("rest", 6);
const grpc = {
  ...armSummary("grpc", 5),
  serverTime: null,
  server: {
    cpuMsPerCall: null,
    memory: { peakBytes: 120_000_000, grownBytesPerCall: 310 },
    missing: { cpu: "this system has no /proc", memory: null },
  },
};

test("each arm stands with what it answered and used, and what is missing with its reason", () => {
  const frame = costFrame([rest, grpc]);
  expect(frame.loc({ columns: ["arm", "inServerMs", "overheadMs", "cpuMsPerCall"] }).values).toEqual([
    ["rest", 5.4, 0.61, 0.0821],
    ["grpc", null, null, null],
  ]);
  const page = plain(viewOf(frame)?.html() ?? "");
  expect(page).toContain("work in the server</th>");
  expect(page).toContain("82.1 µs");
  expect(page).toContain("120 MB");
  expect(page).toContain("No server memory for rest: it shares its server.");
  expect(page).toContain("No server CPU for grpc: this system has no /proc.");
});

test("what no arm has is no column", () => {
  const page = viewOf(costFrame([{ ...rest, serverTime: null }]))?.html() ?? "";
  expect(page).not.toContain("work in the server");
  expect(page).not.toContain("sent per call</th>");
  expect(page).toContain("received per call</th>");
});
