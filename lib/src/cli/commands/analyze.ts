import { Command } from "commander";
import { checkPlot } from "../arguments/output-files.js";

/** `wirelab analyze`: what results files of `wirelab bench` say, one by one and together. */
export function analyzeCommand(): Command {
  return new Command("analyze")
    .description("Compute again, compare and pool what wirelab bench wrote with --output-json.")
    .argument("<results...>", "results files; those of one setting are also read as one")
    .option("--json", "print the results as JSON")
    .option("--output-plot <file>", "write figures: a page (.html) or a picture (.png, .svg)")
    .addHelpText("after", "\nExample:\n  $ wirelab analyze monday.json tuesday.json --output-plot both.html")
    .action(analyze);
}

async function analyze(
  paths: readonly string[],
  { json = false, outputPlot }: { json?: boolean; outputPlot?: string },
): Promise<void> {
  const plot = outputPlot === undefined ? null : await checkPlot(outputPlot);
  const { readRecord, recordText } = await import("../../lab/bench/record-file.js");
  const { analyzeRecords, analysisText, shownOf } = await import("../../lab/bench/analysis.js");
  const { withoutCalls } = await import("../../lab/bench/results.js");
  const records = paths.map((path) => ({ path, record: readRecord(path) }));
  const analysis = analyzeRecords(records);
  const { files, pooled, unlike } = analysis;
  const numbers = {
    files: files.map(({ name, results }) => ({ file: name, ...withoutCalls(results) })),
    pooled: pooled && withoutCalls(pooled.results),
    unlike,
  };
  process.stdout.write(json ? recordText(numbers) : `${analysisText(analysis)}\n`);
  if (plot === null) return;
  const { writePlot } = await import("../text/bench-output.js");
  await writePlot(shownOf(analysis), plot);
  process.stderr.write(`Wrote ${plot.path}\n`);
}
