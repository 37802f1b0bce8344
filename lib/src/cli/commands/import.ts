import { writeFileSync } from "node:fs";
import { inspect } from "node:util";
import { Command, InvalidArgumentError } from "commander";
import { WirelabError } from "../../errors.js";
import type { ArmNames } from "../../record/tools/collect.js";
import { mapWords, parseColumnMap } from "../../record/tools/own-table/column-map.js";
import type { ToolFile } from "../../record/tools/reading/tool-file.js";
import { defaultRunsFolder } from "../../root.js";
import { harmless, harmlessLines } from "../../show/harmless.js";
import type { ProgressReporter } from "../../show/progress.js";
import { printRun } from "./summary.js";

interface ImportOptions {
  readonly out?: string;
  readonly map?: string;
  readonly arm?: ArmNames;
  readonly work?: string;
  readonly toolVersion?: string;
  readonly table?: string;
  readonly json?: boolean;
}

const noNames: ArmNames = { all: null, of: new Map() };

/** `wirelab import`: files of other tools, a row a call, as a run folder like any other. */
export function importCommand(): Command {
  return new Command("import")
    .description("Make a run of what Locust, k6, ghz, hey or h2load measured, or of a table of your own.")
    .argument(
      "<file...>",
      "files with a row a call, also packed with gzip; what they are is seen by what is in them",
    )
    .option("--out <folder>", "where the run is written; default a new folder in data/runs")
    .option("--map <columns>", `columns of a CSV or Parquet file of your own: ${mapWords}`)
    .option(
      "--arm <name>",
      "a name for all calls, or ENDPOINT=NAME for those of one; may be given often",
      armNames,
    )
    .option("--work <name>", "which of the lab's works the calls did, for notebooks about it")
    .option("--tool-version <version>", "of the tool, which such files do not tell")
    .option(
      "--table <file>",
      "of a file that has no calls in it, write its numbers as a table for wirelab refute",
    )
    .option("--json", "print the numbers of the run as JSON")
    .addHelpText("after", help)
    .action(importFiles);
}

const help = `
Read are: Locust's request log, k6 --out json and csv, ghz -O json and csv, hey -o csv, h2load --log-file. What holds only
percentiles and counts (locust --csv, k6's summary, autocannon, wrk, what hey and h2load print) is no run: --table.

Examples:
  $ wirelab import requests.csv --arm "POST /increment=rest" --out data/runs/locust
  $ wirelab import k6.json.gz
  $ wirelab import own.csv --map start=time,ms=latency,arm=endpoint,status=code
  $ wirelab import wrk.txt --table wrk.csv && wirelab refute wrk.csv`;

function armNames(text: string, before: ArmNames = noNames): ArmNames {
  const at = text.lastIndexOf("=");
  const [endpoint, name] = [text.slice(0, Math.max(0, at)), text.slice(at + 1).trim()];
  if (name === "" || at === 0) throw new InvalidArgumentError("It must be NAME or ENDPOINT=NAME.");
  return at < 0 ? { ...before, all: name } : { ...before, of: new Map([...before.of, [endpoint, name]]) };
}

async function importFiles(files: readonly string[], options: ImportOptions): Promise<void> {
  if (options.table !== undefined) await writeTable(files, options.table, options.json === true);
  else await writeRun(files, options);
}

async function writeRun(
  files: readonly string[],
  { out, map, arm = noNames, work, toolVersion, json }: ImportOptions,
): Promise<void> {
  const { findWorkload } = await import("../../arms/registry.js");
  const { importCalls } = await import("../../record/tools/import.js");
  const { interruptible } = await import("../interruptible.js");
  if (work !== undefined) findWorkload(work);
  const place = out === undefined ? { runsFolder: defaultRunsFolder } : { folder: out };
  const asked = {
    map: map === undefined ? null : parseColumnMap(map),
    arms: arm,
    work: work ?? null,
    toolVersion: toolVersion ?? null,
  };
  process.exitCode = await interruptible(async (signal) => {
    const progress = await readingProgress();
    const onRead = (file: ToolFile) => {
      if (signal.aborted) throw new WirelabError("interrupted", "Interrupted, and nothing was written.");
      progress.report(file);
    };
    const run = await progress.until(importCalls(files, place, { ...asked, onRead }));
    await printRun(run, json === true);
    return 0;
  });
}

/** Shows how much of a file was read, of one that takes more than a second. */
async function readingProgress() {
  const { progressReporter } = await import("../../show/progress.js");
  const beganMs = performance.now();
  let shown: ProgressReporter | null = null;
  return {
    report({ name, readBytes, sizeBytes }: ToolFile) {
      if (shown === null && performance.now() - beganMs < 1000) return;
      shown ??= progressReporter();
      shown.report({ done: readBytes, total: sizeBytes, phase: `reading ${harmless(name)}` });
    },
    async until<T>(reading: Promise<T>): Promise<T> {
      const ended = reading.then(
        () => "finished",
        () => "stopped",
      );
      const how = await ended;
      // Only now: what shows it may have begun meanwhile.
      shown?.finish(how);
      return reading;
    },
  };
}

async function writeTable(files: readonly string[], path: string, json: boolean): Promise<void> {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) {
    throw new WirelabError("usage", "--table makes a table of one file: give just that.");
  }
  const { readNumbers } = await import("../../record/tools/read-table.js");
  const { tableFile } = await import("../text/tool-table-file.js");
  const { toolTable } = await import("../../show/tables/tool-table.js");
  const { checkWritable } = await import("../arguments/output-files.js");
  checkWritable(path);
  const numbers = await readNumbers(file);
  const { text, leftOut } = tableFile(numbers);
  writeFileSync(path, text);
  console.log(json ? harmlessLines(JSON.stringify(numbers, null, 2)) : inspect(toolTable(numbers)));
  if (leftOut.length > 0)
    process.stderr.write(`Not in ${path}, because refute has no word for it: ${leftOut.join(", ")}.\n`);
}
