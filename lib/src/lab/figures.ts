import { type LoadCalls, loadCallsOf } from "../analysis/loads/load-calls.js";
import { seriesOf } from "../analysis/loads/series.js";
import { shiftOfCalls } from "../analysis/shift.js";
import { WirelabError } from "../errors.js";
import { runTimeOf } from "../record/load-info.js";
import type { Run } from "../record/run.js";
import { runPath } from "../record/run-path.js";
import { boxes as boxesFigure } from "../show/figures/boxes.js";
import { callByCall as callByCallFigure } from "../show/figures/call-by-call.js";
import { cumulativeMean as cumulativeMeanFigure } from "../show/figures/cumulative-mean.js";
import { distribution as distributionFigure, type RunFigureOptions } from "../show/figures/distribution.js";
import type { Figure } from "../show/figures/figure.js";
import { type LoadPanel, loadPanels } from "../show/figures/load-panels.js";
import { loadSeries } from "../show/figures/load-series.js";
import {
  type PublishedMark,
  publishedBesideMeasured as publishedFigure,
} from "../show/figures/published-beside-measured.js";
import { shift as shiftFigure } from "../show/figures/shift.js";
import { timeCourse as timeCourseFigure } from "../show/figures/time-course.js";
import { publishedTimes } from "./published.js";
import { requireLoad } from "./require-load.js";

/**
 * How long calls took: how common each duration is, and the share of calls within it, on a logarithmic time axis.
 *
 * @example
 * await lab.distribution(run);
 */
export async function distribution(run: Run): Promise<Figure> {
  return distributionFigure(await run.calls(), optionsOf(run));
}

/**
 * Each arm as a box: quartiles, whiskers from the 1st to the 99th percentile, extremes.
 *
 * @example
 * await lab.boxes(run);
 */
export async function boxes(run: Run): Promise<Figure> {
  return boxesFigure(await run.calls(), optionsOf(run));
}

/**
 * Whether the slow calls of two arms differ by the same factor as the fast ones: the ratio at every tenth percentile with
 * its 99 % interval (the shift function), and how often a call of one takes longer than one of the other (Cliff's δ).
 *
 * @throws WirelabError `usage` for an arm that the run has not, or that is timed in batches
 * @example
 * await lab.shift(run, { first: "rest", second: "grpc" });
 */
export async function shift(run: Run, arms: { first: string; second: string }): Promise<Figure> {
  const source = runPath(run);
  return shiftFigure(shiftOfCalls(await run.calls(), run.info, source, arms), { source });
}

/**
 * How long calls took along the run, warm-up shaded.
 *
 * @example
 * await lab.timeCourse(run);
 */
export async function timeCourse(run: Run): Promise<Figure> {
  return timeCourseFigure(await run.calls(), optionsOf(run));
}

/**
 * What of a load `series` shows.
 *
 * @example
 * const options: lab.SeriesOptions = { panels: ["calls", "times"] };
 */
export interface SeriesOptions {
  /**
   * Panels from top to bottom: `calls`, `users`, `times`, `due` (from when a call was due), `processors`, `memory`, `loop`
   * (the client's event loop). Default calls, users, times, processors, and due after times where calls have arrival times.
   */
  readonly panels?: readonly LoadPanel[];
}

/**
 * A load second by second: calls, users, times, what server and client used, in panels on one time axis.
 *
 * @throws WirelabError `usage` for a run without a load, or a panel that there is not
 * @example
 * await lab.series(loaded, { panels: ["calls", "times", "memory"] });
 */
export async function series(run: Run, { panels }: SeriesOptions = {}): Promise<Figure> {
  const usual: readonly LoadPanel[] = ["calls", "users", "times", ...dueOf(run), "processors"];
  const wrong = panels?.find((panel) => !(panel in loadPanels));
  if (wrong !== undefined) {
    const known = Object.keys(loadPanels).join(", ");
    throw new WirelabError("usage", `A series has no panel "${wrong}"; there are ${known}.`);
  }
  const runTimeMs = runTimeOf(requireLoad(run, "A series"));
  const calls = await run.calls();
  const rounds = run.info.arms.flatMap(({ name }) => seriesOf(calls, run.info, name));
  return loadSeries(rounds, { ...optionsOf(run), runTimeMs, panels: panels ?? usual });
}

function dueOf({ info }: Run): readonly LoadPanel[] {
  return info.load?.kind === "open" ? ["due"] : [];
}

/**
 * What each call of a load took, in the order in which they ended.
 *
 * @throws WirelabError `usage` for a run without a load
 * @example
 * await lab.callByCall(loaded);
 */
export async function callByCall(run: Run): Promise<Figure> {
  return callByCallFigure(await callsOfLoad(run, "Call by call"), optionsOf(run));
}

/**
 * The average response time over a load as post 004 computed it, from the begin on, beside that of each second.
 *
 * @throws WirelabError `usage` for a run without a load
 * @example
 * await lab.cumulativeMean(loaded);
 */
export async function cumulativeMean(run: Run): Promise<Figure> {
  return cumulativeMeanFigure(await callsOfLoad(run, "The cumulative mean"), optionsOf(run));
}

async function callsOfLoad(run: Run, what: string): Promise<readonly LoadCalls[]> {
  requireLoad(run, what);
  return loadCallsOf(await run.calls(), run.info);
}

/**
 * The totals and means that a post prints beside what the same takes in runs of the same work over the same path.
 *
 * @example
 * await lab.publishedBesideMeasured("003", run);
 */
export async function publishedBesideMeasured(post: string, runs: Run | readonly Run[]): Promise<Figure> {
  const all = [runs].flat();
  const rows = await publishedTimes(post, all);
  const marks = rows.flatMap((row): PublishedMark[] => {
    const { measured, replicated = null, ...rest } = row;
    // Extremes have no interval, and a ping is no call.
    if (!/^(total|mean) of /.test(row.metric)) return [];
    if (measured?.confidence === null || replicated?.confidence === null) return [];
    return [{ ...rest, measured, replicated }];
  });
  return publishedFigure(marks, { source: all.map((run) => runPath(run)).join(", ") });
}

function optionsOf(run: Run): RunFigureOptions {
  const protocols = Object.fromEntries(run.info.arms.map(({ name, protocol }) => [name, protocol]));
  return { source: runPath(run), protocols };
}
