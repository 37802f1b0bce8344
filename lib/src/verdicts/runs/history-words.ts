import type { HistoryPoint, HistorySeries } from "../../analysis/runs/history.js";
import { sayDuration, sayNumber } from "../../stats/digits.js";
import { type ChangePoint, fewestForChange } from "../../stats/over-time/change-points.js";
import { type KnownRun, runDifferences } from "./run-differences.js";

/** What a series says of changes, sentences: each change with what differs there, or why there is none to tell of. */
export function sayHistory(series: HistorySeries): readonly string[] {
  const { arm, metric, points, changes, refused, failing } = series;
  const of = `The ${metric} of ${arm}`;
  const dead =
    failing.length === 0 ? [] : [`${of} is missing in ${failing.join(", ")}, where no warm call succeeded.`];
  const few =
    refused === 0
      ? dead
      : [...dead, `${of} is missing in ${runs(refused)}, whose blocks have too few calls for it.`];
  if (points.length < fewestForChange) {
    return [
      ...few,
      `${of} is known of ${runs(points.length)}; to look for changes takes ${fewestForChange}.`,
    ];
  }
  if (changes.length === 0) return [...few, `${of} did not change beyond chance in ${runs(points.length)}.`];
  return [...few, ...changes.map((change) => sayChangePoint(series, change))];
}

function sayChangePoint({ arm, metric, points, changes }: HistorySeries, { at, p }: ChangePoint): string {
  const [from, to] = levelsAround(points, changes, at);
  const [before, first] = [points[at - 1] as HistoryPoint, points[at] as HistoryPoint];
  const { environment, effort, untold } = runDifferences(knownOf(before), knownOf(first));
  const differs = [
    ...environment,
    ...effort,
    ...(untold.length === 0 ? [] : ["machine and versions are not told"]),
  ];
  const level = (ms: number) => sayDuration(ms / 1000);
  const what =
    differs.length === 0
      ? "Nothing that was written down differs from the run before it"
      : `Written down as different from the run before it: ${differs.join("; ")}`;
  return `The ${metric} of ${arm} changed from about ${level(from)} to ${level(to)} (${sayNumber(to / from)} times) with ${first.past.run}; shuffled, the runs show as clear a change in ${sayNumber(100 * p)} % of tries. ${what}.`;
}

function knownOf({ past: { run, info } }: HistoryPoint): KnownRun {
  return { label: run, info };
}

/** Geometric means of the stretches before and after a change, as far as the next ones. */
function levelsAround(
  points: readonly HistoryPoint[],
  changes: readonly ChangePoint[],
  at: number,
): readonly [number, number] {
  const from = Math.max(0, ...changes.filter((change) => change.at < at).map((change) => change.at));
  const to = Math.min(
    points.length,
    ...changes.filter((change) => change.at > at).map((change) => change.at),
  );
  return [levelOf(points.slice(from, at)), levelOf(points.slice(at, to))];
}

/** The geometric mean of points, one at least. */
export function levelOf(points: readonly HistoryPoint[]): number {
  return Math.exp(points.reduce((sum, { value }) => sum + Math.log(value), 0) / points.length);
}

function runs(count: number): string {
  return count === 1 ? "1 run" : `${count} runs`;
}
