import type { DataFrame } from "danfojs-node";
import { predict as predictRun } from "../analysis/layers/predict.js";
import { summarise } from "../analysis/summarise.js";
import { type LinkChoice, linkParameters } from "../experiment/plan/link-choice.js";
import type { Run } from "../record/run.js";
import type { Prediction } from "../record/run-info.js";
import { predictedFrame } from "../show/frames/predicted-frame.js";

/**
 * How long a call of each arm of a run without a link will take over one: round trips from the link alone, plus what
 * the arm takes by itself; encrypted calls are predicted from an encrypted run. Give it to `measure` as `predictions`, and it is kept with the run before the first call.
 *
 * @throws WirelabError `usage` for a link that cannot be
 * @example
 * const predictions = await lab.predict(local, { roundTripMs: 35.594 });
 */
export function predict(local: Run, link: LinkChoice): Promise<readonly Prediction[]> {
  return predictRun(local, linkParameters(link));
}

/**
 * What a run's predictions said beside the medians that were measured after them, as a table.
 *
 * @example
 * await lab.predicted(remote);
 */
export async function predicted(run: Run): Promise<DataFrame> {
  return predictedFrame(run.info.predictions, await summarise(run));
}
