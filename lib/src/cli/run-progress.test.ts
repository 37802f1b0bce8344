import { expect, test } from "vitest";
import type { NotebookProgress } from "../notebook/run-notebook.js";
import { runProgress } from "./run-progress.js";

const at = (cell: number): NotebookProgress => ({ kind: "cell", notebook: "01-calls", cell, of: 4 });

function watched(intervalMs: number) {
  const seen: string[] = [];
  let timeMs = 0;
  const surface = {
    intervalMs,
    draw: (share: number, text: string) => void seen.push(`${share} ${text}`),
    end: (share: number, text: string) => void seen.push(`end ${share} ${text}`),
  };
  const progress = runProgress(
    2,
    () => surface,
    () => timeMs,
  );
  return {
    seen,
    progress,
    pass: (ms: number) => {
      timeMs += ms;
    },
  };
}

test("says which notebook, which cell, and how far the measurement in it is", () => {
  const { seen, progress, pass } = watched(100);
  progress.report(at(1));
  pass(100);
  progress.report({ ...at(3), kind: "measurement", fraction: 0.5, text: "pair 2 of 10, grpc: 50 %" });
  progress.end({ name: "01-calls", title: "Calls", status: "ok", seconds: 12.4, page: "01-calls.html" });
  progress.report({ ...at(1), notebook: "02-images" });
  expect(seen).toEqual([
    "0 01-calls (1 of 2), cell 1 of 4",
    "0.625 01-calls (1 of 2), cell 3 of 4: pair 2 of 10, grpc: 50 %",
    "end 1 01-calls: ok, 12\u202fs",
    "0 02-images (2 of 2), cell 1 of 4",
  ]);
});

test("draws no more often than the surface asks for, and the last one all the same", async () => {
  const { seen, progress } = watched(5);
  progress.report(at(1));
  progress.report(at(2));
  progress.report(at(3));
  expect(seen).toEqual(["0 01-calls (1 of 2), cell 1 of 4"]);
  await expect
    .poll(() => seen)
    .toEqual(["0 01-calls (1 of 2), cell 1 of 4", "0.5 01-calls (1 of 2), cell 3 of 4"]);
});
