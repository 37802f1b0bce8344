import { shiftOfCalls } from "../analysis/shift.js";
import type { Run } from "../record/run.js";
import { runPath } from "../record/run-path.js";
import type { Figure } from "../show/figure.js";
import { boxes as boxesFigure } from "../show/figures/boxes.js";
import { distribution as distributionFigure, type RunFigureOptions } from "../show/figures/distribution.js";
import {
  type PublishedMark,
  publishedBesideMeasured as publishedFigure,
} from "../show/figures/published-beside-measured.js";
import { shift as shiftFigure } from "../show/figures/shift.js";
import { timeCourse as timeCourseFigure } from "../show/figures/time-course.js";
import { publishedTimes } from "./published.js";

/**
 * How long calls took: how common each duration is, and the share of calls within it, on a logarithmic time axis.
 *
 * @example
 * await distribution(run);
 */
export async function distribution(run: Run): Promise<Figure> {
  return distributionFigure(await run.calls(), optionsOf(run));
}

/**
 * Each arm as a box: quartiles, whiskers from the 1st to the 99th percentile, extremes.
 *
 * @example
 * await boxes(run);
 */
export async function boxes(run: Run): Promise<Figure> {
  return boxesFigure(await run.calls(), optionsOf(run));
}

/**
 * Whether the slow calls of two arms differ by the same factor as the fast ones: the ratio at every tenth percentile with
 * its 99 % interval (the shift function), and how often a call of one takes longer than one of the other (Cliff's δ).
 * Throws `usage` for an arm that the run has not, or that is timed in batches.
 *
 * @example
 * await shift(run, { first: "rest", second: "grpc" });
 */
export async function shift(run: Run, arms: { first: string; second: string }): Promise<Figure> {
  const source = runPath(run);
  return shiftFigure(shiftOfCalls(await run.calls(), run.info, source, arms), { source });
}

/**
 * How long calls took along the run, warm-up shaded.
 *
 * @example
 * await timeCourse(run);
 */
export async function timeCourse(run: Run): Promise<Figure> {
  return timeCourseFigure(await run.calls(), optionsOf(run));
}

/**
 * The totals and means that a post prints beside what the same takes in runs of the same work over the same path.
 *
 * @example
 * await publishedBesideMeasured("003", run);
 */
export async function publishedBesideMeasured(post: string, runs: Run | readonly Run[]): Promise<Figure> {
  const all = [runs].flat();
  const rows = await publishedTimes(post, all);
  const marks = rows.flatMap((row): PublishedMark[] => {
    const { measured } = row;
    // Extremes have no interval, and a ping is no call.
    return !/^(total|mean) of /.test(row.metric) || measured?.confidence === null
      ? []
      : [{ ...row, measured }];
  });
  return publishedFigure(marks, { source: all.map((run) => runPath(run)).join(", ") });
}

function optionsOf(run: Run): RunFigureOptions {
  const protocols = Object.fromEntries(run.info.arms.map(({ name, protocol }) => [name, protocol]));
  return { source: runPath(run), protocols };
}
