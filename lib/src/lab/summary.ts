import type { DataFrame } from "danfojs-node";
import { summarise } from "../analysis/summarise.js";
import type { Run } from "../record/run.js";
import { costFrame } from "../show/frames/cost-frame.js";
import { summaryFrame } from "../show/frames/summary-frame.js";

/**
 * What the calls of each arm of a run took, as a Danfo frame: median and percentiles with 99 % intervals, mean, extremes,
 * first call, calls per second; times in ms.
 *
 * @example
 * await lab.summary(run);
 */
export async function summary(run: Run): Promise<DataFrame> {
  return summaryFrame(await summarise(run));
}

/**
 * What each arm of a run answered and used, as a Danfo frame: calls per second, work in the server and the rest of the
 * call, processor time and memory of the server, connections, bytes; times in ms. Why one is missing stands below.
 *
 * @example
 * await lab.costs(run);
 */
export async function costs(run: Run): Promise<DataFrame> {
  return costFrame(await summarise(run));
}
