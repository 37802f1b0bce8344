import { appendFileSync } from "node:fs";
import {
  changeHeadings,
  changeRows,
  thresholdHeadings,
  thresholdNotes,
  thresholdRows,
} from "../../show/cards/runs-compared.js";
import { unseen } from "../../show/harmless.js";
import { sayAgainstBaseline } from "../../verdicts/runs/run-words.js";
import type { RunsCompared } from "../../verdicts/runs/runs-compared.js";

/** A line that GitHub's runners show beside the run and its commit. */
export function annotation(title: string, text: string): string {
  const inCommand = (words: string) =>
    words.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  return `::error title=${inCommand(title)}::${inCommand(text)}`;
}

/** A comparison in Markdown, thresholds first: what a job's summary page shows. */
export function comparisonMarkdown({ baseline, runs, thresholds }: RunsCompared): string {
  const results =
    thresholds.length === 0
      ? []
      : [
          "### Thresholds",
          table(thresholdHeadings, thresholdRows(thresholds)),
          ...thresholdNotes(thresholds).map(escaped),
        ];
  const comparisons = runs.flatMap((against) => [
    `### ${escaped(`${against.run} against the baseline ${baseline}`)}`,
    ...(against.changes.length === 0 ? [] : [table(changeHeadings, changeRows(against))]),
    ...sayAgainstBaseline(against, baseline).map(escaped),
  ]);
  return `${[...results, ...comparisons].join("\n\n")}\n`;
}

/** Adds a comparison to the end of a file. */
export function appendSummary(path: string, compared: RunsCompared): void {
  appendFileSync(path, `${comparisonMarkdown(compared)}\n`);
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  return [line(headings), `|${" --- |".repeat(headings.length)}`, ...rows.map(line)].join("\n");
}

/**
 * Text that Markdown shows as it is, whatever is in it: a character written as its number is never markup (CommonMark 0.31, §2.5), so
 * no name of an arm can end a cell, open a tag or make a link.
 */
function escaped(text: string): string {
  return text
    .replaceAll(unseen, " ")
    .replaceAll(/[!-,./:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`);
}
