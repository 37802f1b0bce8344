import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { WirelabError } from "../../errors.js";
import type { BenchResults } from "../../lab/bench/results.js";
import type { ProgressReporter } from "../../show/progress.js";
import { names, wholeNumber, wholeNumbers } from "../arguments/options.js";
import { checkPlot, checkWritable, type PlotOutput } from "../arguments/output-files.js";
import { firstLine } from "../failure.js";
import { interruptible } from "../interruptible.js";

interface BenchCommandOptions {
  readonly image?: string;
  readonly work?: string;
  readonly restUrl: string;
  readonly grpcServer: string;
  readonly ca?: string;
  readonly arms: readonly string[];
  readonly requests: number;
  readonly concurrency: readonly number[];
  readonly timeout: number;
  readonly seed?: number;
  readonly outputJson?: string;
  readonly outputPlot?: string;
  readonly json?: boolean;
}

const largest = 1_000_000;

/** `wirelab bench`: both protocols of servers that run already, of whoever, under the same load. */
export function benchCommand(): Command {
  return new Command("bench")
    .description("Compare REST and gRPC of servers that run already, in any language, under the same load.")
    .option("--image <file>", "image to send (default: the work's own input)")
    .option("--work <name>", "what to ask for (default: classify with --image, else increment)")
    .option("--rest-url <url>", "address of the REST server", "http://127.0.0.1:5000")
    .option("--grpc-server <address>", "address of the gRPC server", "127.0.0.1:50051")
    .option(
      "--ca <file>",
      "authority to trust, as PEM, for servers that encrypt (https:// and gRPC over TLS)",
    )
    .option("--arms <names>", "ways of calling, with commas between", names, ["rest", "grpc"])
    .option(
      "--requests <count>",
      "measured requests of each arm at each concurrency",
      wholeNumber({ least: 1, most: largest }),
      1000,
    )
    .option(
      "--concurrency <counts>",
      "callers at the same time; several with commas between, for throughput against concurrency",
      wholeNumbers({ least: 1, most: 10_000 }),
      [10],
    )
    .option(
      "--timeout <ms>",
      "a request without an answer for so long has failed",
      wholeNumber({ least: 1, most: 3_600_000 }),
      5000,
    )
    .option(
      "--seed <number>",
      "order of the rounds (default: a random one, kept)",
      wholeNumber({ least: 0, most: 2 ** 31 - 1 }),
    )
    .option("--output-json <file>", "write every call and every number, for wirelab analyze")
    .option("--output-plot <file>", "write figures: a page (.html) or a picture (.png, .svg)")
    .option("--json", "print the results as JSON")
    .addHelpText(
      "after",
      "\nExample:\n  $ wirelab servers --rest-port 5000 --grpc-port 50051 &\n" +
        "  $ wirelab bench --image test_image.jpg --requests 1000 --concurrency 10 --output-json results.json --output-plot results.html\n" +
        "  $ wirelab bench --work increment --concurrency 1,2,4,8,16,32\n\n" +
        "Exit status 1 also when an arm could not be measured; the others are.",
    )
    .action(async (options: BenchCommandOptions) => {
      process.exitCode = await interruptible((signal) => runBench(options, signal));
    });
}

async function runBench(options: BenchCommandOptions, signal: AbortSignal): Promise<number> {
  const { outputJson, outputPlot, restUrl, grpcServer, timeout, image, work, seed, ca } = options;
  const encrypted = ca !== undefined || restUrl.startsWith("https:");
  if (outputJson !== undefined) checkWritable(outputJson);
  const plot = outputPlot === undefined ? null : await checkPlot(outputPlot);
  const { bench } = await import("../../lab/bench/bench.js");
  const { readTrust } = await import("../../hosts/trust.js");
  const { withoutCalls } = await import("../../lab/bench/results.js");
  const { recordText } = await import("../../lab/bench/record-file.js");
  const { benchText } = await import("../../lab/bench/text.js");
  const { progressReporter } = await import("../../show/progress.js");
  // Made when there is something to show: what is refused before it needs no bar.
  let progress: ProgressReporter | null = null;
  const results = await bench({
    endpoints: { restUrl, grpcAddress: grpcServer, ...(encrypted && { tls: readTrust(ca) }) },
    arms: options.arms,
    requests: options.requests,
    concurrency: options.concurrency,
    timeoutMs: timeout,
    onProgress: (step) => {
      progress ??= progressReporter();
      progress.report(step);
    },
    signal,
    ...(image !== undefined && { image }),
    ...(work !== undefined && { work }),
    ...(seed !== undefined && { seed }),
  }).finally(() => progress?.finish(signal.aborted ? "interrupted" : "ended"));
  if (outputJson !== undefined) writeFileSync(outputJson, recordText(results));
  process.stdout.write(options.json ? recordText(withoutCalls(results)) : `${benchText(results)}\n`);
  if (outputJson !== undefined) process.stderr.write(`Wrote ${outputJson}\n`);
  if (plot !== null) {
    await drawResults(results, plot, outputJson ?? null);
    process.stderr.write(`Wrote ${plot.path}\n`);
  }
  return results.missing.length === 0 ? 0 : 1;
}

/** Throws an error that says where what was measured is, for no figure is worth losing that. */
async function drawResults(results: BenchResults, plot: PlotOutput, json: string | null): Promise<void> {
  const { writePlot } = await import("../text/bench-output.js");
  const { headline } = await import("../../lab/bench/text.js");
  try {
    await writePlot([{ name: headline(results), results, records: [results] }], plot);
  } catch (cause) {
    const reason = firstLine(cause instanceof Error ? cause.message : String(cause));
    const kept = [results.run, json].filter((path) => path !== null).join(" and ");
    const where = kept === "" ? "only printed" : `in ${kept}`;
    const again =
      json === null
        ? "Give --output-json next time"
        : `Draw it by wirelab analyze ${json} --output-plot FILE`;
    throw new WirelabError(
      "missing-tool",
      `${plot.path} could not be drawn (${reason}). What was measured is ${where}. ${again}; a page (.html) needs no Chromium.`,
      { cause },
    );
  }
}
