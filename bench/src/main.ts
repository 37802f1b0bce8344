import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exitCodeOf, explain } from "wirelab/dist/cli/failure.js";
import { interruptible } from "wirelab/dist/cli/interruptible.js";
import { readEnvironment } from "wirelab/dist/record/machine/environment.js";
import { projectRoot } from "wirelab/dist/root.js";
import { type BenchArguments, readArguments, usage } from "./arguments.js";
import { type RanRow, runRows } from "./run-rows.js";
import { tableText } from "./table.js";

/** `npm run bench`: 0 when every bound holds or could not be measured, 1 when one does not, 2 for bad usage. */
async function main(argv: readonly string[]): Promise<number> {
  const wanted = readArguments(argv);
  if (wanted.kind === "help") {
    console.log(usage);
    return 0;
  }
  return interruptible((signal) => runBench(wanted, signal));
}

async function runBench(
  { rows, ...amounts }: Extract<BenchArguments, { kind: "run" }>,
  signal: AbortSignal,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "wirelab-bench-"));
  const ran: RanRow[] = [];
  try {
    await runRows(rows, { ...amounts, folder, signal }, (row) => {
      ran.push(row);
      process.stderr.write(`${row.name}: ${row.said}\n`);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(tableText(ran));
  if (amounts.smoke)
    console.log("\nA smoke run: it shows that the rows run, and says nothing about their bounds.");
  // An interrupted bench must not replace the results of a whole one.
  else if (!signal.aborted) await writeResults(ran, amounts);
  return ran.some(({ holds }) => holds === false) ? 1 : 0;
}

async function writeResults(
  rows: readonly RanRow[],
  { repeats, tries }: { readonly repeats: number; readonly tries: number },
): Promise<void> {
  const reports = join(projectRoot, "reports");
  const results = {
    finishedAt: new Date().toISOString(),
    environment: readEnvironment(),
    repeats,
    tries,
    rows,
  };
  await mkdir(reports, { recursive: true });
  await writeFile(join(reports, "bench.json"), `${JSON.stringify(results, null, 2)}\n`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
