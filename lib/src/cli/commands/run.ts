import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import type { Report } from "../../notebook/report/report.js";
import { projectRoot } from "../../root.js";
import { findNotebooks } from "../arguments/find-notebooks.js";
import { here } from "../arguments/here.js";
import { collect, seconds } from "../arguments/options.js";
import { interruptible } from "../interruptible.js";

interface RunOptions {
  readonly parameter?: readonly string[];
  readonly allowHost?: readonly string[];
  readonly reports: string;
  readonly timeout?: number;
  readonly json?: boolean;
}

/** `wirelab run`: runs notebooks and writes the report; also `npm start`. */
export function runCommand(): Command {
  return new Command("run")
    .description("Run notebooks, one page each, and write the report's index.")
    .argument("[notebooks...]", "numbers, beginnings of names, or paths (default: all in notebooks/)")
    .option(
      "-p, --parameter <name=value>",
      "a parameter, for the notebooks that have it; may be repeated",
      collect,
    )
    .option(
      "--allow-host <name>",
      "a host besides this machine that a service in notebook 08 may be on; may be repeated",
      collect,
    )
    .option("--reports <folder>", "where pages and summary.json are written", here("reports"))
    .option("--timeout <seconds>", "time limit of each cell (default: 300)", seconds)
    .option("--json", "print summary.json instead of the table")
    .addHelpText(
      "after",
      "\nExample:\n  $ wirelab run 01 -p calls=1000\n  $ wirelab run 08 -p service=shop.json --allow-host shop.example",
    )
    .action(async (wanted: string[], options: RunOptions) => {
      process.exitCode = await interruptible((signal) => runNotebooks(wanted, options, signal));
    });
}

async function runNotebooks(
  wanted: readonly string[],
  options: RunOptions,
  signal: AbortSignal,
): Promise<number> {
  const { parseParameters } = await import("../../notebook/cells/parameters.js");
  const { checkParameters } = await import("../arguments/check-parameters.js");
  const { runAll } = await import("../../notebook/report/report.js");
  const { runProgress } = await import("../run-progress.js");
  const { readEnvironment } = await import("../../record/machine/environment.js");
  const { loadClaims } = await import("../../verdicts/published/claims.js");
  const { ledgerPicture } = await import("../../lab/ledger-picture.js");
  const { noisePath, readNoise } = await import("../doctor/noise-record.js");
  const { sayNoise } = await import("../doctor/noise.js");

  const { allowHost = [] } = options;
  const allowed = allowHost.length === 0 ? [] : [`allowHosts=${allowHost.join(",")}`];
  const parameters = parseParameters([...(options.parameter ?? []), ...allowed]);
  const files = findNotebooks(wanted, join(projectRoot, "notebooks"));
  await checkParameters(files, parameters);
  const progress = runProgress(files.length);
  signal.addEventListener("abort", () => process.stderr.write("\nStopping; Ctrl-C again ends it at once.\n"));
  const environment = readEnvironment();
  const report = await runAll(files, {
    reportsFolder: options.reports,
    environment,
    noise: sayNoise(await readNoise(noisePath), environment),
    claims: loadClaims(),
    ledgerPicture,
    parameters,
    ...(options.timeout !== undefined && { timeoutMs: options.timeout * 1000 }),
    onProgress: (what) => progress.report(what),
    onNotebook: (entry) => progress.end(entry),
    signal,
  });
  await print(report, options);
  return report.status === "failed" ? 1 : 0;
}

async function print(report: Report, { json = false, reports }: RunOptions): Promise<void> {
  if (json) {
    process.stdout.write(await readFile(report.summaryFile, "utf8"));
    return;
  }
  const { reportText } = await import("../text/run-text.js");
  console.log(reportText(report, reports));
}
