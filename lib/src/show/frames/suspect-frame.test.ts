import { expect, test } from "vitest";
import { viewOf } from "../display.js";
import { type SuspectRow, suspectFrame } from "./suspect-frame.js";

const plain = (text: string): string => text.replaceAll("\u202f", " ");
const words = {
  calls: 10_000,
  totalMs: 80_000,
  scope: "these processes only",
  untried: ["Not tried: a Mac."],
} as const;

/** An arm whose total lies within these bounds, in s. */
function row(name: string, low: number, high: number): SuspectRow {
  const estimate = { low, high, value: Math.sqrt(low * high), confidence: 0.99 };
  const total = { ...estimate, low: low * 1000, high: high * 1000, value: estimate.value * 1000 };
  return { words: name, inSource: name === "localhost", ratio: estimate, total, missing: "" };
}

const baseline = { ...row("the baseline", 7.9, 8.1), ratio: null };

function shown(...rows: readonly SuspectRow[]) {
  const frame = suspectFrame([baseline, ...rows], words);
  const view = viewOf(frame);
  return { frame, text: plain(view?.text() ?? ""), html: plain(view?.html() ?? "") };
}

test("each suspect says whether its whole interval is below the published total, or none of it", () => {
  const { frame, text, html } = shown(
    row("localhost", 79, 81),
    row("a terminal", 80, 90),
    row("debug", 70, 79.9),
  );
  expect(frame.loc({ columns: ["suspect", "reaches", "inSource"] }).values).toEqual([
    ["the baseline", "no", "no"],
    ["localhost", "undecided", "yes"],
    ["a terminal", "yes", "no"],
    ["debug", "no", "no"],
  ]);
  expect(text).toContain(
    "What takes the published 80.0 s or longer: a terminal (84.9 s, 1.06×). Undecided: localhost (80.0 s, 1.00×).",
  );
  expect(text).toContain("what 10 000 calls take, for which the post prints 80.0 s");
  expect(text).toContain("Not tried: a Mac.");
  expect(html).toContain("79.0–81.0 s");
});

test("where none reaches it, the longest is named", () => {
  const { text } = shown(row("localhost", 8, 9), row("a terminal", 12, 12));
  expect(text).toContain(
    "None is known to reach the published 80.0 s: the longest is a terminal (12.0 s, 0.150×). (In these",
  );
  expect(text).not.toContain("Undecided");
});

test("a suspect without numbers says why", () => {
  const { text } = shown({
    ...row("localhost", 1, 2),
    ratio: null,
    total: null,
    missing: "It has no warm call.",
  });
  expect(text).toContain("No number for localhost: It has no warm call.");
  const nothing = suspectFrame([], words);
  expect(viewOf(nothing)?.text()).toContain("Nothing was measured");
});
