import type { HistorySeries } from "../../analysis/runs/history.js";
import { sayHistory } from "../../verdicts/runs/history-words.js";
import { showable, viewOf } from "../display.js";
import type { Figure } from "../figures/figure.js";
import { history as historyFigure } from "../figures/history.js";
import { harmlessLines } from "../harmless.js";
import { html } from "../html.js";
import { styleTag } from "../style.js";
import { tableText } from "../tables/table.js";
import {
  formatDuration,
  formatDurationInterval,
  formatMoment,
  formatShare,
  formatUnlessVast,
} from "../words/number.js";

/** Runs of one name over time. */
export interface History {
  /** Null where there are no runs. */
  readonly name: string | null;
  readonly folder: string;
  /** A series an arm and metric. */
  readonly series: readonly HistorySeries[];
  /** Runs that are in no series, and why. */
  readonly leftOut: readonly string[];
}

/** A history that shows itself: a figure a metric, and what changed in sentences. */
export function showHistory(history: History): History {
  return showable({ ...history }, { html: () => historyHtml(history), text: () => historyText(history) });
}

/** The same as text for a terminal: a row a run, arm and metric. */
export function historyText(history: History): string {
  const rows = history.series.flatMap(({ arm, metric, points, changes }) =>
    points.map(({ past, value, interval, failedShare }, i) => [
      formatMoment(past.info.startedAt),
      past.run,
      arm,
      metric,
      formatDuration(value),
      interval === null ? "one block" : formatUnlessVast(interval, formatDurationInterval),
      formatShare(failedShare),
      changes.some(({ at }) => at === i) ? "← changed" : "",
    ]),
  );
  const names = ["began (UTC)", "run", "arm", "metric", "value", "99 % interval", "failed", "change"];
  const columns = names.map((name) => ({ name, kind: "text" as const }));
  const table = rows.length === 0 ? [] : [tableText({ columns, rows })];
  return harmlessLines([...table, notesOf(history).join("\n")].join("\n\n"));
}

function historyHtml(history: History): string {
  const figures = figuresOf(history).map((one) => viewOf(one)?.html() ?? "");
  const notes = notesOf(history).map((note) => html`<p class="note">${note}</p>\n`);
  return `${figures.join("\n")}${html`<div class="wirelab">${styleTag()}${notes}</div>`.markup}`;
}

/** One figure a metric of which anything is known. */
export function figuresOf({ name, folder, series }: History): readonly Figure[] {
  const metrics = [...new Set(series.map(({ metric }) => metric))];
  return metrics.flatMap((metric) => {
    const own = series.filter((one) => one.metric === metric && one.points.length > 0);
    const title = `The ${metric} of the runs named “${name}”, one after another`;
    return own.length === 0 ? [] : [historyFigure(own, { title, source: folder })];
  });
}

function notesOf({ name, folder, series, leftOut }: History): readonly string[] {
  if (name === null || series.length === 0) {
    return [
      name === null
        ? `There are no runs in ${folder}, so there is no history yet: every measurement adds one.`
        : `No run named ${name} in ${folder} can be read, so there is no history of it.`,
      ...leftOutNote(leftOut),
    ];
  }
  return [
    ...series.flatMap(sayHistory),
    "A point is the geometric mean of the blocks of a run, as in a ratio, and of a load that of its seconds, each as heavy as it has calls. What failed is a share of all calls, warm-up too, and in no point. A change between runs is one of the machine, the hour, the versions or the code: what was written down of these is named.",
    ...leftOutNote(leftOut),
  ];
}

/** More of them than a reader takes in are counted. */
const mostLeftOut = 5;

function leftOutNote(leftOut: readonly string[]): readonly string[] {
  if (leftOut.length === 0) return [];
  const more = leftOut.length - mostLeftOut;
  const rest = more > 0 ? `; and ${more} more` : "";
  return [`Left out: ${leftOut.slice(0, mostLeftOut).join("; ")}${rest}.`];
}
