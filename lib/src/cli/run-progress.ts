import type { NotebookEntry } from "../notebook/report/index-page.js";
import type { NotebookProgress } from "../notebook/run-notebook.js";
import { type ProgressSurface, surfaceHere } from "../show/progress.js";
import { formatWait } from "../show/words/number.js";

/** Shows how far the notebooks are, a bar or some lines each. */
export interface RunProgress {
  report(progress: NotebookProgress): void;
  /** Ends the bar of a notebook. */
  end(entry: NotebookEntry): void;
}

/** Shows progress on `newSurface()`s, one a notebook, no more often than each of them asks for. */
export function runProgress(
  total: number,
  newSurface: () => ProgressSurface = surfaceHere,
  nowMs: () => number = () => performance.now(),
): RunProgress {
  let ended = 0;
  let surface: ProgressSurface | null = null;
  let drawnMs = Number.NEGATIVE_INFINITY;
  let late: NodeJS.Timeout | undefined;
  const drawLast = (on: ProgressSurface, progress: NotebookProgress) => {
    drawnMs = nowMs();
    on.draw(share(progress), text(progress, ended + 1, total));
  };
  return {
    report(progress) {
      surface ??= newSurface();
      const on = surface;
      clearTimeout(late);
      const waitMs = on.intervalMs - (nowMs() - drawnMs);
      // What comes too soon is drawn later unless something newer comes: a long cell must not stand under an old text.
      if (waitMs > 0) late = setTimeout(drawLast, waitMs, on, progress).unref();
      else drawLast(on, progress);
    },
    end(entry) {
      clearTimeout(late);
      surface ??= newSurface();
      surface.end(1, outcome(entry));
      surface = null;
      drawnMs = Number.NEGATIVE_INFINITY;
      ended++;
    },
  };
}

function share({ cell, of, ...rest }: NotebookProgress): number {
  return (cell - 1 + (rest.kind === "measurement" ? rest.fraction : 0)) / Math.max(1, of);
}

function text(progress: NotebookProgress, number: number, total: number): string {
  const { notebook, cell, of } = progress;
  const where = `${notebook} (${number} of ${total}), cell ${cell} of ${of}`;
  return progress.kind === "measurement" ? `${where}: ${progress.text}` : where;
}

function outcome(entry: NotebookEntry): string {
  const seconds = "seconds" in entry ? `, ${formatWait(entry.seconds)}` : "";
  return `${entry.name}: ${entry.status}${seconds}`;
}
