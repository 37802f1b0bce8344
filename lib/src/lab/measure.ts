import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { WirelabError } from "../errors.js";
import { type MeasureOptions, measure as measureRun } from "../experiment/measure.js";
import { openRun, type Run } from "../record/run.js";
import { projectRoot } from "../root.js";
import { showable } from "../show/display.js";
import { progressReporter } from "../show/progress.js";
import { runCardHtml, runCardText } from "../show/run-card.js";

/** What a notebook measures, or reads instead. */
export interface LabOptions extends Omit<MeasureOptions, "onProgress"> {
  /** A run folder to read instead of measuring; "" measures. */
  readonly source?: string;
}

/**
 * Measures arms against each other with live progress, or reads the run in `source`; the run shows itself as a card.
 *
 * @example
 * const run = await measure({ arms: ["rest", "grpc"], pairs: 1, blocks: 2, warmupBlocks: 1, callsPerRound: 20 });
 */
export async function measure({ source = "", ...options }: LabOptions): Promise<Run> {
  if (source !== "") return open(source);
  const progress = progressReporter();
  try {
    const run = await measureRun({ ...options, onProgress: (step) => progress.report(step) });
    progress.finish();
    return asCard(run);
  } catch (error) {
    // A kernel's interrupt fails the cell at once, so what is thrown here is seen by nobody: the bar has to say it.
    const unseen = error instanceof WirelabError && error.code === "interrupted";
    progress.finish("stopped", unseen ? error.message : undefined);
    throw error;
  }
}

/**
 * Opens a run folder, by its path from here or from the project; the run shows itself as a card.
 * Throws `usage` when there is none, `damaged-run` when nothing can be read of it.
 */
export async function open(folder: string): Promise<Run> {
  const fromProject = resolve(projectRoot, folder);
  return asCard(await openRun(!existsSync(folder) && existsSync(fromProject) ? fromProject : folder));
}

function asCard(run: Run): Run {
  return showable(run, {
    html: () => runCardHtml(run.info, run.folder),
    text: () => runCardText(run.info, run.folder),
  });
}
