import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { viewOf } from "../display.js";
import { HOSTILE } from "../testing/samples.js";
import { armSummary as summary } from "../testing/summaries.js";
import { summaryFrame } from "./summary-frame.js";

const plain = (text: string): string => text.replaceAll("\u202f", " ");
describe("a summary frame", () => {
  const frame = summaryFrame([summary("rest", 0.1243), summary(HOSTILE, 0.181)]);
  const page = plain(viewOf(frame)?.html() ?? "");

  it("stays a Danfo frame with the exact values", () => {
    expect(frame.shape[0]).toBe(2);
    const slice = frame.loc({ columns: ["arm", "p50Ms"] });
    expect(slice.values).toEqual([
      ["rest", 0.1243],
      [HOSTILE, 0.181],
    ]);
  });

  it("shows three digits with a unit, and each interval with its value", () => {
    expect(page).toContain("124 µs<small>112–137 µs</small>");
    expect(page).toContain("12.3 ms");
    expect(page).toContain("10 000");
    expect(page).not.toMatch(/\d\.\d{4}/);
  });

  it("is an accessible table that says what is missing and leaves out empty columns", () => {
    expect(page).toContain("<caption><span>Each arm in numbers");
    expect(page).toContain('<th scope="row" class="text">rest</th>');
    expect(page).toContain("No p99 for rest, &lt;img");
    expect(page).not.toContain("p99</th>");
  });

  it("lets no name become markup", () => {
    expect(page).not.toContain("<img");
  });

  it("keeps headings and units in a slice, which shows itself as well", () => {
    const text = plain(inspect(frame.loc({ columns: ["arm", "p50Ms"], rows: [0] })));
    expect(text).toMatch(/arm +median/);
    expect(text).toMatch(/rest +124 µs/);
  });
});
