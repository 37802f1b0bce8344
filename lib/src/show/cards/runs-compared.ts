import { sayAgainstBaseline } from "../../verdicts/runs/run-words.js";
import type { AgainstBaseline, RunsCompared } from "../../verdicts/runs/runs-compared.js";
import type { ThresholdResult } from "../../verdicts/thresholds/threshold-outcome.js";
import { showable } from "../display.js";
import { harmlessLines } from "../harmless.js";
import { html, type Markup } from "../html.js";
import { styleTag } from "../style.js";
import { tableMarkup, tableText } from "../tables/table.js";
import {
  armNumberWords,
  changeWords,
  measuredWords,
  type NumberWords,
  onOneLine,
} from "../words/run-number.js";

/** Compared runs that show themselves: a table a run, what else differs, and what thresholds made of them. */
export function showRunsCompared(compared: RunsCompared): RunsCompared {
  return showable(
    { ...compared },
    { html: () => runsComparedHtml(compared), text: () => runsComparedText(compared) },
  );
}

/** The same as text for a terminal. */
export function runsComparedText(compared: RunsCompared): string {
  const { baseline, runs, thresholds } = compared;
  const parts = runs.flatMap((against) => [
    captionOf(against, baseline),
    ...(against.changes.length === 0 ? [] : [textTable(changeHeadings, changeRows(against))]),
    sayAgainstBaseline(against, baseline).join("\n"),
  ]);
  const results = thresholds.length === 0 ? [] : [textTable(thresholdHeadings, thresholdRows(thresholds))];
  return harmlessLines(
    [...parts, ...results, thresholdNotes(thresholds).join("\n")].filter((part) => part !== "").join("\n\n"),
  );
}

function runsComparedHtml({ baseline, runs, thresholds }: RunsCompared): string {
  const parts = runs.map((against) => runHtml(against, baseline));
  const results =
    thresholds.length === 0
      ? null
      : html`${markup("Thresholds, and what the runs make of them", thresholdHeadings, thresholdCells(thresholds))}
${notes(thresholdNotes(thresholds))}`;
  return html`<div class="wirelab">${styleTag()}${parts}${results}</div>`.markup;
}

function runHtml(against: AgainstBaseline, baseline: string): Markup {
  const table =
    against.changes.length === 0
      ? html`<p>${captionOf(against, baseline)}</p>`
      : markup(
          captionOf(against, baseline),
          changeHeadings.filter((name) => name !== "metric"),
          changeCells(against).map(metricBelow),
        );
  return html`${table}\n${notes(sayAgainstBaseline(against, baseline))}`;
}

function notes(sentences: readonly string[]): readonly Markup[] {
  return sentences.map((sentence) => html`<p class="note">${sentence}</p>\n`);
}

function markup(caption: string, names: readonly string[], rows: readonly Cells[]): Markup {
  const isNumber = (i: number) => i > 0 && rows.some((row) => typeof row[i] === "object");
  const columns = names.map((heading, i) => ({ heading, numeric: isNumber(i) }));
  const cells = rows.map((row) =>
    row.map((cell) =>
      typeof cell === "string"
        ? cell
        : html`${cell.value}${cell.interval && html`<small>${cell.interval}</small>`}`,
    ),
  );
  return tableMarkup(caption, columns, cells);
}

function captionOf({ run }: AgainstBaseline, baseline: string): string {
  return `${run} against the baseline ${baseline}, with 99 % intervals`;
}

/** The headings of `changeRows`. */
export const changeHeadings: readonly string[] = [
  "arm",
  "metric",
  "so it is",
  "ratio",
  "baseline",
  "this run",
];

type Cells = readonly (string | NumberWords)[];

function changeCells({ changes }: AgainstBaseline): readonly Cells[] {
  return changes.map((change) => [
    change.arm,
    change.metric,
    change.word,
    changeWords(change),
    armNumberWords(change.before, change.metric),
    armNumberWords(change.now, change.metric),
  ]);
}

/** On a phone two columns of names would leave no room for a number. */
function metricBelow([arm, metric, ...others]: Cells): Cells {
  return [{ value: String(arm), interval: String(metric) }, ...others];
}

/** A row a number of an arm, in words. */
export function changeRows(against: AgainstBaseline): readonly (readonly string[])[] {
  return changeCells(against).map(asText);
}

function asText(cells: Cells): readonly string[] {
  return cells.map((cell) => (typeof cell === "string" ? cell : onOneLine(cell)));
}

/** The headings of `thresholdRows`. */
export const thresholdHeadings: readonly string[] = ["fail if", "outcome", "measured", "run"];

function thresholdCells(results: readonly ThresholdResult[]): readonly Cells[] {
  return results.map((result) => [result.threshold.text, result.outcome, measuredWords(result), result.run]);
}

/** A row a threshold and run, in words. */
export function thresholdRows(results: readonly ThresholdResult[]): readonly (readonly string[])[] {
  return thresholdCells(results).map(asText);
}

/** Why thresholds cannot be held or are undecided, and which arms may not have done the same work, a sentence a reason. */
export function thresholdNotes(results: readonly ThresholdResult[]): readonly string[] {
  const reasons = new Map<string, string[]>();
  const note = (reason: string, { threshold, run }: ThresholdResult) =>
    reasons.set(reason, [...(reasons.get(reason) ?? []), `${threshold.text} of ${run}`]);
  for (const result of results) {
    const { outcome, why } = result;
    if (outcome === "cannot be held") note(`Cannot be held, since ${why}: `, result);
    if (outcome === "undecided") note(`Undecided, since ${why === "" ? reachesAcross : why}: `, result);
  }
  return [
    ...[...reasons].map(([reason, thresholds]) => `${reason}${thresholds.join("; ")}.`),
    ...results.flatMap(({ threshold, run, doubt }) =>
      doubt === null ? [] : [`Of ${threshold.text} in ${run}: ${doubt}`],
    ),
  ];
}

const reachesAcross = "their intervals reach across the bound, and more calls would make them narrower";

function textTable(names: readonly string[], rows: readonly (readonly string[])[]): string {
  return tableText({ columns: names.map((name) => ({ name, kind: "text" })), rows });
}
