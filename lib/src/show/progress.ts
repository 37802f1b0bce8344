import { SingleBar } from "cli-progress";
import type { Progress } from "../experiment/progress.js";
import { type HtmlSlot, inKernel, newHtmlSlot } from "./cell-output.js";
import { html } from "./html.js";
import { progressText, shareDone } from "./progress-text.js";
import { styleTag } from "./style.js";
import { formatWait } from "./words/number.js";

/** Somewhere that progress can be seen. */
export interface ProgressSurface {
  /** Least time between two drawings, in ms. */
  readonly intervalMs: number;
  draw(share: number, text: string): void;
  end(share: number, text: string): void;
}

/** Takes progress as it comes, however often, and shows it at a pace that costs the measurement nothing. */
export interface ProgressReporter {
  report(progress: Progress): void;
  /** Ends the display; `outcome` replaces "finished", e.g. `interrupted`, and `remark` follows. Safe to call twice. */
  finish(outcome?: string, remark?: string): void;
}

/** How progress is shown; all of it has a default. */
export interface ProgressOptions {
  /** `auto`: a bar in a notebook cell, a bar on a terminal's standard error, a line now and then where that is a file. */
  readonly output?: "auto" | "silent";
  readonly surface?: ProgressSurface;
  /** Monotonic clock in ms. */
  readonly nowMs?: () => number;
}

const CELL_INTERVAL_MS = 250;
const TERMINAL_INTERVAL_MS = 100;
const LINE_INTERVAL_MS = 5000;

/**
 * Shows how far a measurement is, with the time that remains, where the reader looks: in the cell or on standard error.
 *
 * @example
 * const progress = progressReporter();
 * progress.report({ done: 4300, total: 10_000, phase: "pair 1 of 2", arm: "gRPC" });
 * progress.finish();
 */
export function progressReporter(options: ProgressOptions = {}): ProgressReporter {
  const now = options.nowMs ?? (() => performance.now());
  const surface = options.output === "silent" ? null : (options.surface ?? surfaceHere());
  const started = now();
  let last: Progress | undefined;
  let drawn = Number.NEGATIVE_INFINITY;
  let ended = false;
  return {
    report(progress) {
      last = progress;
      if (surface === null || ended || now() - drawn < surface.intervalMs) return;
      drawn = now();
      surface.draw(shareDone(progress), progressText(progress, drawn - started));
    },
    finish(outcome = "finished", remark) {
      if (surface === null || ended) return;
      ended = true;
      const share = last === undefined ? 0 : shareDone(last);
      const ending = `${outcome} after ${formatWait((now() - started) / 1000)}`;
      surface.end(share, remark === undefined ? ending : `${ending}. ${remark}`);
    },
  };
}

/** Progress in a cell: a bar that replaces itself, readable by people, screen readers and programs. */
export function cellSurface(slot: HtmlSlot): ProgressSurface {
  const draw = (share: number, text: string): void => slot(progressHtml(share, text));
  return { intervalMs: CELL_INTERVAL_MS, draw, end: draw };
}

/** A line of text now and then, for a standard error that is a file. */
export function lineSurface(write: (line: string) => void): ProgressSurface {
  const draw = (_share: number, text: string): void => write(`${text}\n`);
  return { intervalMs: LINE_INTERVAL_MS, draw, end: draw };
}

/** The bar of a cell, with its share and text also as `data-wirelab-progress` and `data-wirelab-progress-text`. */
export function progressHtml(share: number, text: string): string {
  const percent = Math.floor(share * 100);
  return html`<div class="wirelab">${styleTag()}<div class="bar" role="progressbar" aria-label="Measuring" aria-valuemin="0" aria-valuemax="100" aria-valuenow="${percent}" aria-valuetext="${text}" data-wirelab-progress="${share.toFixed(2)}" data-wirelab-progress-text="${text}"><div style="width:${percent}%"></div></div><small>${text}</small></div>`
    .markup;
}

/** Where progress is seen here: in the running cell, on a terminal's standard error, or in lines where that is a file. */
export function surfaceHere(): ProgressSurface {
  if (inKernel()) return cellSurface(newHtmlSlot());
  if (process.stderr.isTTY) return terminalSurface();
  return lineSurface((line) => process.stderr.write(line));
}

function terminalSurface(): ProgressSurface {
  const bar = new SingleBar({
    format: "{bar} {text}",
    stream: process.stderr,
    barsize: 24,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    // No signal handlers and nothing to restore: an interrupt belongs to the run.
    gracefulExit: false,
    autopadding: false,
    clearOnComplete: false,
  });
  let running = false;
  const draw = (share: number, text: string): void => {
    if (!running) bar.start(1, share, { text });
    running = true;
    bar.update(share, { text });
  };
  return {
    intervalMs: TERMINAL_INTERVAL_MS,
    draw,
    end(share, text) {
      draw(share, text);
      bar.stop();
    },
  };
}
