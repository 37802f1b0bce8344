import type { DataFrame } from "danfojs-node";
import { type CompareOptions, compare as compareRun } from "../analysis/compare.js";
import { ratiosToFirst } from "../analysis/ratios-to-first.js";
import { summarise } from "../analysis/summarise.js";
import type { Run } from "../record/run.js";
import { costFrame } from "../show/cost-frame.js";
import { summaryFrame } from "../show/frame.js";
import { escapeHtml } from "../show/html.js";
import { type Prose, prose } from "../show/prose.js";
import { sayRatio } from "../verdicts/prose.js";

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

/**
 * First arm ÷ second arm of a run with its 99 % interval; shows itself as a sentence. Throws `usage` for an arm that the
 * run has not.
 *
 * @example
 * await compare(run, { first: "rest", second: "grpc", metric: "median" });
 */
export async function compare(run: Run, options: CompareOptions): Promise<Comparison> {
  const comparison = await compareRun(run, options);
  const sentence = sayComparison(comparison);
  return showable(comparison, { html: () => `<p>${escapeHtml(sentence)}</p>`, text: () => sentence });
}

/**
 * Every other arm of a run ÷ its first, by medians: a sentence each with its 99 % interval, or why there is no ratio.
 *
 * @example
 * await ratios(run);
 */
export async function ratios(run: Run): Promise<Prose> {
  const { ratios: found, withoutRatio } = await ratiosToFirst(run);
  const all = [...found.map(sayComparison), ...withoutRatio];
  return prose(all.length === 0 ? ["The run has one arm, so there is nothing to compare it with."] : all);
}

function sayComparison(comparison: Comparison): string {
  const { ratio, scope } = comparison;
  return `${sayRatio({ ...comparison, low: ratio.low, high: ratio.high })}, in ${scope}.`;
}
