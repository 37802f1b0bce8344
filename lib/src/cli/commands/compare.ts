import { Command, Option } from "commander";
import { type RunMetric, runMetrics } from "../../analysis/runs/run-metric-names.js";
import { WirelabError } from "../../errors.js";
import { harmlessLines } from "../../show/harmless.js";
import type { RunsCompared } from "../../verdicts/runs/runs-compared.js";
import type { ThresholdResult } from "../../verdicts/thresholds/threshold-outcome.js";
import { findRun } from "../arguments/find-run.js";
import { collect, namesOf } from "../arguments/options.js";

interface CompareCliOptions {
  readonly failIf?: readonly string[];
  readonly undecided: "passes" | "fails";
  readonly differentQuestions?: boolean;
  readonly metric?: readonly RunMetric[];
  readonly summaryFile?: string;
  readonly history?: boolean;
  readonly name?: string;
  readonly json?: boolean;
}

/** `wirelab compare`: runs held against a baseline, and a status for CI. */
export function compareCommand(): Command {
  return new Command("compare")
    .description("Hold runs, or other tools' files, against the first of them; fail a build by thresholds.")
    .argument(
      "[runs...]",
      "the baseline and what is held against it: run folders, names in data/runs, or files",
    )
    .option(
      "--fail-if <threshold>",
      "end with status 1 where a run lies beyond it; may be given often",
      collect,
    )
    .addOption(
      new Option("--undecided <outcome>", "what a threshold counts as whose interval reaches across it")
        .choices(["passes", "fails"])
        .default("passes"),
    )
    .option(
      "--different-questions",
      "give verdicts although the runs asked different things, as other callers, sizes or links",
    )
    .option(
      "--metric <names>",
      `what is compared, with commas between: ${runMetrics.join(", ")}`,
      namesOf(runMetrics),
    )
    .option(
      "--summary-file <file>",
      "add the tables to this file as Markdown; default $GITHUB_STEP_SUMMARY, if set",
    )
    .option(
      "--history",
      "all runs of one name over time and where they changed; of a folder where one is given",
    )
    .option("--name <name>", "of the runs in the history; default the name that most have")
    .option("--json", "print the comparison as JSON")
    .addHelpText("after", help)
    .action(compare);
}

const help = `
A threshold names a metric, an arm and a bound:
  p99 rest > 1.10 * baseline       more than a tenth slower than in the first run
  median "POST /increment" > 20 ms an arm's own number; a name with spaces in quotes; ns, µs, ms, s, /s, %
  error rate * > 1 %               every arm
  median rest / grpc > 1.2         two arms in the blocks of one run; also > 1.1 * baseline
It fails where the whole 99 % interval lies beyond the bound, passes where none of it does, and is undecided between. It cannot be
held where no call of an arm succeeded, an arm of the baseline is gone, or the runs asked different things.

Exit status: 0 no threshold failed, 1 one failed or cannot be held, 2 bad usage. A single run is held against thresholds without a baseline.

Examples:
  $ wirelab compare data/runs/before data/runs/after
  $ wirelab compare --history --name increment
  $ wirelab compare before after --fail-if "p99 rest > 1.10 * baseline" --fail-if "error rate rest > 1 %"
  $ wirelab compare monday.csv tuesday.csv --fail-if 'median "POST /increment" > 1.05 * baseline' --undecided fails`;

async function compare(runs: readonly string[], options: CompareCliOptions): Promise<void> {
  if (options.history === true) return printHistory(runs, options);
  if (options.name !== undefined)
    throw new WirelabError("usage", "--name is of a history: give --history too.");
  return compareWithFirst(runs, options);
}

async function printHistory(
  [folder, ...others]: readonly string[],
  { name, metric, failIf = [], json = false }: CompareCliOptions,
): Promise<void> {
  if (others.length > 0 || failIf.length > 0) {
    throw new WirelabError("usage", "--history takes one folder of runs at most, and no --fail-if.");
  }
  const { history } = await import("../../lab/history.js");
  const { historyMetrics } = await import("../../analysis/runs/history.js");
  const { historyText } = await import("../../show/cards/history.js");
  const { historyRecord } = await import("../../show/cards/history-record.js");
  const asked: readonly string[] = metric ?? ["median", "p99"];
  const metrics = historyMetrics.filter((one) => asked.includes(one));
  if (metrics.length < asked.length) {
    throw new WirelabError("usage", `A history has ${historyMetrics.join(", ")} to choose from.`);
  }
  const found = await history({
    metrics,
    ...(name !== undefined && { name }),
    ...(folder !== undefined && { folder }),
  });
  console.log(json ? harmlessLines(JSON.stringify(historyRecord(found), null, 2)) : historyText(found));
}

async function compareWithFirst(
  runs: readonly string[],
  {
    failIf = [],
    undecided,
    differentQuestions = false,
    metric,
    summaryFile = process.env.GITHUB_STEP_SUMMARY,
    json = false,
  }: CompareCliOptions,
): Promise<void> {
  const { compareRuns } = await import("../../lab/compare-runs.js");
  const { checkWritable } = await import("../arguments/output-files.js");
  const { annotation, appendSummary } = await import("../text/github.js");
  const { runsComparedText } = await import("../../show/cards/runs-compared.js");
  if (summaryFile) checkWritable(summaryFile);
  const found = runs.map((run) => findRun(run));
  const compared = await compareRuns(found, {
    ...{ failIf, differentQuestions },
    ...(metric !== undefined && { metrics: metric }),
  });
  const failed = compared.thresholds.filter(({ outcome }) => isFailure(outcome, undecided));
  const verdict = { failed: failed.length > 0, undecided, ...compared };
  console.log(
    json
      ? harmlessLines(JSON.stringify(verdict, null, 2))
      : `${runsComparedText(compared)}${ending(compared, failed)}`,
  );
  if (summaryFile) appendSummary(summaryFile, compared);
  if (process.env.GITHUB_ACTIONS === "true" && !json) {
    for (const result of failed) console.log(annotation(annotationTitle(result), sentence(result)));
  }
  if (failed.length > 0) process.exitCode = 1;
}

function isFailure(outcome: ThresholdResult["outcome"], undecided: "passes" | "fails"): boolean {
  return (
    outcome === "fails" || outcome === "cannot be held" || (outcome === "undecided" && undecided === "fails")
  );
}

function ending({ thresholds }: RunsCompared, failed: readonly ThresholdResult[]): string {
  if (thresholds.length === 0) return "";
  const counted = (["cannot be held", "undecided"] as const).flatMap((which) => {
    const count = thresholds.filter(({ outcome }) => outcome === which).length;
    return count === 0 ? [] : [`${count} ${which}`];
  });
  const known = failed.filter(({ outcome }) => outcome !== "cannot be held").length;
  return `\n\n${[`${known} of ${thresholds.length} thresholds failed`, ...counted].join(", ")}.`;
}

function annotationTitle({ outcome }: ThresholdResult): string {
  return outcome === "cannot be held" ? "A threshold cannot be held" : "A threshold failed";
}

function sentence({ threshold, run, outcome, why }: ThresholdResult): string {
  return `${threshold.text} in ${run}: ${outcome}${why === "" ? "" : `, since ${why}`}`;
}
