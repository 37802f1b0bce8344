import { Command } from "commander";
import type { Run } from "../../record/run.js";
import { harmlessLines } from "../../show/harmless.js";
import { findRun } from "../arguments/find-run.js";

/** `wirelab summary`: what a run folder says, also that of a run that was killed. */
export function summaryCommand(): Command {
  return new Command("summary")
    .description("Say what a run measured, with intervals and warnings; also of a run that was killed.")
    .argument("<run>", "a run folder, or the name of one in data/runs")
    .option("--json", "print the numbers as JSON")
    .addHelpText("after", "\nExample:\n  $ wirelab summary data/runs/20261121T034200Z-increment")
    .action(printSummary);
}

async function printSummary(run: string, { json = false }: { json?: boolean }): Promise<void> {
  const { openRun } = await import("../../record/run.js");
  await printRun(await openRun(findRun(run)), json);
}

/** Prints everything that is said of a run, as JSON or as text; what somebody else named in it cannot act on a terminal. */
export async function printRun(run: Run, json: boolean): Promise<void> {
  const { summariseRun } = await import("../text/run-summary.js");
  const { summaryText } = await import("../text/summary-text.js");
  const summary = await summariseRun(run);
  console.log(harmlessLines(json ? JSON.stringify(summary, null, 2) : summaryText(summary)));
}
