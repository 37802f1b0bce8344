import { watchMachine } from "wirelab/dist/record/machine/machine-watch.js";
import type { Warning } from "wirelab/dist/record/run-info.js";
import { progressReporter } from "wirelab/dist/show/progress.js";
import type { Bench, BenchRow } from "./row.js";
import type { NamedRow } from "./rows.js";

/** A row after it ran, with what the machine did meanwhile. */
export interface RanRow extends BenchRow {
  readonly name: string;
  readonly seconds: number;
  readonly warnings: readonly Warning[];
}

/** Runs rows one after another, with progress on standard error; a row that fails says why and ends no other. */
export async function runRows(
  rows: readonly NamedRow[],
  bench: Omit<Bench, "onStep">,
  onRow: (row: RanRow) => void,
): Promise<void> {
  for (const row of rows) {
    if (bench.signal.aborted) return;
    onRow(await runRow(row, bench));
  }
}

async function runRow({ name, run }: NamedRow, bench: Omit<Bench, "onStep">): Promise<RanRow> {
  const progress = progressReporter();
  const watch = watchMachine();
  const startedAt = performance.now();
  const onStep = (done: number, total: number, phase: string) => {
    bench.signal.throwIfAborted();
    progress.report({ done, total, phase: `${name}, ${phase}` });
  };
  const row = await orFailure({ ...bench, name }, () => run({ ...bench, onStep }));
  progress.finish(`${name} ended`);
  return { ...row, name, seconds: (performance.now() - startedAt) / 1000, warnings: watch.stop() };
}

async function orFailure(
  { name, smoke, signal }: Pick<Bench, "smoke" | "signal"> & { readonly name: string },
  run: () => BenchRow | Promise<BenchRow>,
): Promise<BenchRow> {
  try {
    const row = await run();
    return smoke ? { ...row, holds: null } : row;
  } catch (error) {
    if (signal.aborted) return { what: name, bound: "", said: "interrupted", holds: null };
    const reason = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ");
    return { what: name, bound: "", said: `failed: ${reason.slice(0, 300)}`, holds: false };
  }
}
