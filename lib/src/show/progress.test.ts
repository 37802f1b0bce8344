import { describe, expect, it } from "vitest";
import {
  cellSurface,
  lineSurface,
  type ProgressSurface,
  progressHtml,
  progressReporter,
} from "./progress.js";
import { progressText, remainingSeconds, shareDone } from "./progress-text.js";
import { HOSTILE } from "./testing/samples.js";

const plain = (text: string): string => text.replaceAll("\u202f", " ");

describe("progress in words", () => {
  it.each([
    [{ done: 0, total: 0 }, 0],
    [{ done: 43, total: 100 }, 0.43],
    [{ done: 120, total: 100 }, 1],
    [{ done: -1, total: 100 }, 0],
  ])("of %j is the share %d", (counts, share) => {
    expect(shareDone({ ...counts, phase: "" })).toBe(share);
  });

  it("says phase, arm, share, remaining time, speed and median", () => {
    const progress = {
      done: 25,
      total: 100,
      phase: "pair 2 of 10",
      arm: "gRPC",
      callsPerSecond: 9412,
      p50Ms: 0.105,
    };
    expect(plain(progressText(progress, 30_000))).toBe(
      "pair 2 of 10, gRPC: 25 %, 1 min 30 s left · 9 410 calls/s · median 105 µs",
    );
  });

  it("does not guess from nothing", () => {
    expect(remainingSeconds({ done: 1, total: 100, phase: "" }, 100)).toBeNull();
    expect(remainingSeconds({ done: 0, total: 100, phase: "" }, 9000)).toBeNull();
  });
});

describe("a progress reporter", () => {
  function recorded(intervalMs: number) {
    const drawn: (readonly [number, string])[] = [];
    const surface: ProgressSurface = {
      intervalMs,
      draw: (share, text) => drawn.push([share, text]),
      end: (share, text) => drawn.push([share, `END ${text}`]),
    };
    return { drawn, surface };
  }

  it("draws at most once an interval, however often it is told", () => {
    const { drawn, surface } = recorded(250);
    let nowMs = 0;
    const reporter = progressReporter({ surface, nowMs: () => nowMs });
    for (; nowMs < 1000; nowMs++) reporter.report({ done: nowMs, total: 1000, phase: "pair 1" });
    expect(drawn.map(([share]) => share)).toEqual([0, 0.25, 0.5, 0.75]);
  });

  it("ends once, at the last share, with the time it took", () => {
    const { drawn, surface } = recorded(250);
    let nowMs = 0;
    const reporter = progressReporter({ surface, nowMs: () => nowMs });
    reporter.report({ done: 1, total: 2, phase: "pair 1" });
    nowMs = 12_000;
    reporter.finish("interrupted", "40 calls are kept");
    reporter.finish();
    reporter.report({ done: 2, total: 2, phase: "pair 1" });
    expect(drawn.map(([share, text]) => [share, plain(text)])).toEqual([
      [0.5, "pair 1: 50 %"],
      [0.5, "END interrupted after 12 s. 40 calls are kept"],
    ]);
  });

  it("is silent when asked to be", () => {
    const { drawn, surface } = recorded(0);
    const reporter = progressReporter({ surface, output: "silent" });
    reporter.report({ done: 1, total: 2, phase: "pair 1" });
    reporter.finish();
    expect(drawn).toEqual([]);
  });
});

describe("where progress is seen", () => {
  it("in a cell is a bar for people, screen readers and programs", () => {
    const pages: string[] = [];
    cellSurface((page) => pages.push(page)).draw(0.4321, HOSTILE);
    expect(pages).toEqual([progressHtml(0.4321, HOSTILE)]);
    const [page = ""] = pages;
    expect(page).toContain('role="progressbar"');
    expect(page).toContain('aria-valuenow="43"');
    expect(page).toContain('data-wirelab-progress="0.43"');
    expect(page).toContain('data-wirelab-progress-text="&lt;img');
    expect(page).not.toContain("<img");
  });

  it("in a file is a line", () => {
    const lines: string[] = [];
    const surface = lineSurface((line) => lines.push(line));
    surface.draw(0.1, "pair 1: 10 %");
    surface.end(1, "finished after 8 s");
    expect(lines).toEqual(["pair 1: 10 %\n", "finished after 8 s\n"]);
  });
});
