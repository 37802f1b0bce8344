import { Command } from "commander";
import { WirelabError } from "../../errors.js";
import { harmlessLines } from "../../show/harmless.js";
import { here } from "../arguments/here.js";
import { checkWritable } from "../arguments/output-files.js";

interface CheckOptions {
  readonly baseline: string;
  readonly save?: boolean;
  readonly json?: boolean;
}

/** `wirelab check`: whether a verdict left a stored baseline beyond its interval. */
export function checkCommand(): Command {
  return new Command("check")
    .description("Hold a report's verdicts against a stored baseline; status 1 where one left it.")
    .argument("[summary]", "the summary.json of a report", here("reports", "summary.json"))
    .option(
      "--baseline <file>",
      "the baseline: a saved one, or another summary.json",
      here("data", "baseline.json"),
    )
    .option("--save", "write the baseline from the summary in place of comparing")
    .option("--json", "print the comparison as JSON")
    .addHelpText(
      "after",
      `
A verdict left the baseline where its direction turned between holds and opposite, or its 99 % interval no longer meets the
old one. Undecided and missing verdicts are named and do not count.

Exit status: 0 none left, 1 one left, 2 a file is not as it should be or nothing could be compared.

Example:
  $ wirelab run && wirelab check --save      # once
  $ wirelab run && wirelab check             # after a change`,
    )
    .action(check);
}

async function check(path: string, { baseline, save = false, json = false }: CheckOptions): Promise<void> {
  const { readSummary } = await import("../../notebook/report/summary-file.js");
  const summary = readSummary(path, "run notebooks with wirelab run first, or name another summary.json");
  if (save) return saveBaseline(path, summary, baseline);
  const before = readSummary(
    baseline,
    "save a baseline with wirelab check --save, or name one with --baseline",
  );
  const { compareVerdicts, hasLeft, isCompared } = await import("../../verdicts/baseline.js");
  const { otherEnvironment } = await import("../../verdicts/runs/other-environment.js");
  const { annotations, checkText } = await import("../text/check-text.js");
  const compared = compareVerdicts(before.verdicts, summary.verdicts);
  if (!compared.some(isCompared)) {
    throw new WirelabError(
      "usage",
      `No verdict of ${path} is one of ${baseline}, under the same conditions: run the notebooks and parameters that the baseline was saved from, or save another.`,
    );
  }
  const differs = otherEnvironment(before.environment, summary.environment, compared);
  const unfinished = unfinishedIn(summary);
  const left = compared.filter(hasLeft).length;
  const result = { summary: path, baseline, left, differs, unfinished, compared };
  console.log(harmlessLines(json ? JSON.stringify(result, null, 2) : checkText(result)));
  // What GitHub's runners show beside the run and its commit.
  if (process.env.GITHUB_ACTIONS === "true" && !json) {
    for (const line of annotations(compared)) console.log(line);
  }
  if (left > 0) process.exitCode = 1;
}

type Summary = import("../../notebook/report/summary-file.js").Summary;

async function saveBaseline(path: string, summary: Summary, baseline: string): Promise<void> {
  const { writeWhole } = await import("../../notebook/cells/ipynb.js");
  const { environment, verdicts } = summary;
  if (verdicts.length === 0) {
    throw new WirelabError("usage", `${path} holds no verdict: run notebooks that judge claims, such as 01.`);
  }
  checkWritable(baseline);
  await writeWhole(baseline, `${JSON.stringify({ environment, verdicts }, null, 2)}\n`);
  const unfinished = unfinishedIn(summary);
  const but = unfinished.length === 0 ? "" : ` ${unfinished.join(", ")} did not run to the end.`;
  console.log(`Saved ${verdicts.length} verdicts as ${baseline}.${but}`);
}

function unfinishedIn({ notebooks }: Summary): readonly string[] {
  return notebooks.filter(({ status }) => status !== "ok").map(({ name }) => name);
}
