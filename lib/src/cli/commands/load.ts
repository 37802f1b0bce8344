import { Command } from "commander";
import type { LoadReport } from "../../lab/load/report.js";
import type { ProgressReporter } from "../../show/progress.js";
import {
  addCallerOptions,
  addLoadOptions,
  addMasterOptions,
  addServerOptions,
  type LoadCommandOptions,
} from "../arguments/load-options.js";
import { checkFolder } from "../arguments/output-files.js";
import { interruptible } from "../interruptible.js";

/** `wirelab load`: users who call, or calls at a rate, that load servers for a time, as load generators do. */
export function loadCommand(): Command {
  const command = new Command("load").description(
    "Load REST and gRPC for a time, one after the other: users who call and pause, or calls at a rate.",
  );
  return addServerOptions(addMasterOptions(addCallerOptions(addLoadOptions(command))))
    .option("--out <folder>", "where to make the run's folder (default: data/runs)")
    .option("--json", "print one JSON object: what was asked, a record an arm, ratios, warnings")
    .addHelpText(
      "after",
      "\nExample:\n  $ wirelab load --work payload --size 524288 -u 100 -r 10 -t 30s\n" +
        "  $ wirelab load --work factorial -u 100 -r 10 -t 3min --think 1s-2s --rounds 4\n" +
        "  $ wirelab load --rate 200 --poisson -t 30s --json\n" +
        "  $ wirelab load --engine locust -u 100 -r 10 -t 30s --workers 2\n" +
        "  $ wirelab load --rest-url http://127.0.0.1:5000 --grpc-server 127.0.0.1:50051 -u 50\n\n" +
        "Without addresses it starts a server for each arm. Ctrl-C ends the load and prints what there is.\n" +
        "Exit status 1 also when no call of an arm succeeded, or the load ended early.",
    )
    .action(async (options: LoadCommandOptions) => {
      process.exitCode = await interruptible((signal) => load(options, signal));
    });
}

async function load(options: LoadCommandOptions, signal: AbortSignal): Promise<number> {
  const { askedOf } = await import("../arguments/load-asked.js");
  const { loadNeeds, runLoad } = await import("../../lab/load/run.js");
  const { loadText } = await import("../../lab/load/text.js");
  const { progressReporter } = await import("../../show/progress.js");
  let progress: ProgressReporter | null = null;
  const asked = askedOf(options, (line) => {
    // What is to be copied from the terminal must not stand in a bar.
    progress?.finish("ready");
    progress = null;
    process.stderr.write(`${line}\n`);
  });
  if (options.out !== undefined) checkFolder(options.out);
  for (const need of loadNeeds(asked)) process.stderr.write(`${need}\n`);
  const { report, stopped } = await runLoad({
    ...asked,
    signal,
    onProgress: (step) => {
      progress ??= progressReporter();
      progress.report(step);
    },
  }).finally(() => progress?.finish(signal.aborted ? "interrupted" : "ended"));
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : `${loadText(report)}\n`);
  if (stopped !== null) process.stderr.write(`${stopped.message}\n`);
  return stopped === null && report.arms.every(hasSucceeded) ? 0 : 1;
}

function hasSucceeded({ requests, failed }: LoadReport["arms"][number]): boolean {
  return failed < requests;
}
