import { mkdir } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import {
  type CodeCell,
  type Notebook,
  type Output,
  readNotebook,
  withoutOutputs,
  writeNotebook,
} from "./cells/ipynb.js";
import { injectParameters, type ParameterValues } from "./cells/parameters.js";
import { type CellResult, type Kernel, startKernel } from "./kernel/kernel.js";
import { readProgress } from "./progress.js";

/** Why a notebook was not run to its end, and at which cell (counted from 1, all cells counted). */
export interface Stop {
  readonly cell: number;
  readonly cellId: string;
  readonly reason: string;
}

/** How a notebook's run ended. `notebook` holds the outputs; cells that were not reached have none. */
export type NotebookRun = { readonly name: string; readonly seconds: number; readonly notebook: Notebook } & (
  | { readonly status: "ok" }
  | { readonly status: "failed" | "interrupted"; readonly stop: Stop }
);

/** What a running notebook tells: which cell it is in, or how far the measurement in that cell is. */
export type NotebookProgress =
  | { readonly kind: "cell"; readonly notebook: string; readonly cell: number; readonly of: number }
  | {
      readonly kind: "measurement";
      readonly notebook: string;
      readonly cell: number;
      readonly of: number;
      /** 0 to 1. */
      readonly fraction: number;
      readonly text: string;
    };

/** How a notebook is run. */
export interface RunNotebookOptions {
  readonly parameters?: ParameterValues;
  /** Where the executed notebook is written, also after a failure; not written when left out. */
  readonly outputFile?: string;
  /** Time limit of each cell. Default 300,000. */
  readonly timeoutMs?: number;
  readonly interruptGraceMs?: number;
  readonly onProgress?: (progress: NotebookProgress) => void;
  /** Aborting it interrupts the running cell and ends the run. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a notebook's code cells in order in a fresh TypeScript kernel, in the notebook's folder, up to the first that
 * fails. Outputs that the file may hold are dropped first.
 *
 * @throws WirelabError `usage` (no notebook, unknown parameter), `kernel-failed` (no kernel), `disk` (no output file);
 * what a cell does never throws
 * @example await runNotebook("notebooks/01-what-a-call-costs.ipynb", { parameters: { calls: "1000" } })
 */
export async function runNotebook(file: string, options: RunNotebookOptions = {}): Promise<NotebookRun> {
  const startedMs = performance.now();
  const name = notebookName(file);
  const source = withoutOutputs(await readNotebook(file));
  const notebook = structuredClone(injectParameters(source, options.parameters ?? {}));
  const kernel = await startKernel({ folder: dirname(resolve(file)) });
  let stop: StopWithStatus | null;
  try {
    stop = await runCells(kernel, notebook, name, options);
  } finally {
    await kernel.stop();
  }
  if (options.outputFile !== undefined) {
    await mkdir(dirname(options.outputFile), { recursive: true });
    await writeNotebook(options.outputFile, notebook);
  }
  const done = { name, notebook, seconds: (performance.now() - startedMs) / 1000 };
  if (stop === null) return { ...done, status: "ok" };
  const { status, ...where } = stop;
  return { ...done, status, stop: where };
}

/** A notebook's name: its file name without folder and ending. */
export function notebookName(file: string): string {
  return basename(file, ".ipynb");
}

type StopWithStatus = Stop & { readonly status: "failed" | "interrupted" };

async function runCells(
  kernel: Kernel,
  notebook: Notebook,
  name: string,
  options: RunNotebookOptions,
): Promise<StopWithStatus | null> {
  const of = notebook.cells.length;
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== "code" || cell.source.trim() === "") continue;
    const at = { notebook: name, cell: index + 1, of };
    options.onProgress?.({ kind: "cell", ...at });
    const result = await kernel.execute(cell.source, {
      timeoutMs: options.timeoutMs ?? 300_000,
      signal: options.signal,
      ...(options.interruptGraceMs === undefined ? {} : { interruptGraceMs: options.interruptGraceMs }),
      onOutput: (output: Output) => {
        const progress = readProgress(output);
        if (progress !== null) options.onProgress?.({ kind: "measurement", ...at, ...progress });
      },
    });
    keep(cell, result);
    if (result.status === "ok") continue;
    const status = result.status === "interrupted" ? "interrupted" : "failed";
    return { status, cell: index + 1, cellId: cell.id, reason: result.reason };
  }
  return null;
}

function keep(cell: CodeCell, result: CellResult): void {
  cell.outputs = result.outputs;
  cell.execution_count = result.status === "ok" ? result.executionCount : null;
}
