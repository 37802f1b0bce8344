import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { responseTimesFile, resultsFile } from "../analysis/loads/listener.js";
import { loadCallsOf } from "../analysis/loads/load-calls.js";
import { WirelabError } from "../errors.js";
import { safeName } from "../record/new-folder.js";
import type { Run } from "../record/run.js";
import { runPath } from "../record/run-path.js";
import { showable } from "../show/display.js";
import { escapeHtml } from "../show/html.js";

/**
 * Where the two files are.
 *
 * @example
 * const { results, responseTimes }: lab.ListenerFiles = await lab.listenerFiles(loaded, "rest");
 */
export interface ListenerFiles {
  /** `locust_results.csv`: a row a second or so, its average over all calls until then. */
  readonly results: string;
  /** `response_time.csv`: the ms of each call that succeeded, a line each. */
  readonly responseTimes: string;
}

/**
 * Which calls are written.
 *
 * @example
 * const options: lab.ListenerFilesOptions = { round: 2 };
 */
export interface ListenerFilesOptions {
  /** Which of the arm's rounds, counted from 1. Default the first. */
  readonly round?: number;
}

/**
 * Writes the two files that post 004's listener would have written of an arm's load into `exports/` of the run's folder.
 *
 * @throws WirelabError `usage` for a run that was not saved, or an arm that has no such round; else what the file system
 *   throws
 * @example
 * await lab.listenerFiles(loaded, "rest");
 */
export async function listenerFiles(
  run: Run,
  arm: string,
  { round = 1 }: ListenerFilesOptions = {},
): Promise<ListenerFiles> {
  if (run.folder === null) {
    throw new WirelabError(
      "usage",
      "The run is only in memory, so it has no folder to write its files into.",
    );
  }
  const rounds = loadCallsOf(await run.calls(), run.info).filter((one) => one.arm === arm);
  const wanted = rounds[round - 1];
  if (wanted === undefined) {
    throw new WirelabError(
      "usage",
      `The run has ${rounds.length} rounds of a load of "${arm}", so there is no round ${round} to write.`,
    );
  }
  const folder = join(run.folder, "exports");
  const prefix = `${safeName(arm) || "arm"}${round === 1 ? "" : `-${round}`}`;
  const files = {
    results: join(folder, `${prefix}-locust_results.csv`),
    responseTimes: join(folder, `${prefix}-response_time.csv`),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(files.results, resultsFile(wanted.calls));
  await writeFile(files.responseTimes, responseTimesFile(wanted.calls));
  const paths = Object.values(files).map((file) => join(runPath(run) ?? "", "exports", basename(file)));
  return showable(files, {
    html: () => `<p>${paths.map(escapeHtml).join("<br>")}</p>`,
    text: () => paths.join("\n"),
  });
}
