import { type CompareOptions, compare as compareRun } from "../analysis/compare.js";
import { ratiosToFirst } from "../analysis/ratios-to-first.js";
import { comparedRounds, comparedRows } from "../analysis/rounds/compared-rounds.js";
import type { Comparison } from "../analysis/types.js";
import { sharesProcess } from "../hosts/host.js";
import type { Recomputed } from "../recompute/recompute.js";
import { sayComparison } from "../recompute/words.js";
import type { Calls } from "../record/calls.js";
import type { Run } from "../record/run.js";
import { comparisonCardHtml, mostCallsInPage } from "../show/cards/comparison-card.js";
import { type Prose, prose } from "../show/cards/prose.js";
import { showable } from "../show/display.js";
import { escapeHtml } from "../show/html.js";
import { type CallMetric, callMetrics } from "../stats/ratios/round-metric.js";
import { sideOf } from "../stats/side.js";
import { doubtSameWork } from "../verdicts/runs/same-work.js";
import { comparisonWords } from "../verdicts/words/comparison-words.js";
import { sayRatio } from "../verdicts/words/prose.js";
import { sayArm } from "../verdicts/words/words.js";

/**
 * First arm ÷ second arm of a run with its 99 % interval; shows itself as a sentence, and in a report's page with a form that
 * computes it anew by another metric, warm-up or unit of repetition, for runs of calls one after another and of loads.
 *
 * @throws WirelabError `usage` for an arm that the run has not; `not-enough-data` where no block has both arms, or the
 *   metric of one is not known
 * @example
 * await lab.compare(run, { first: "rest", second: "grpc", metric: "median" });
 */
export async function compare(run: Run, options: CompareOptions): Promise<Comparison> {
  const comparison = await compareRun(run, options);
  const sentence = sentenceOf(comparison, run);
  const calls = await run.calls();
  return showable(comparison, {
    html: () => cardHtml(comparison, calls, run) ?? `<p>${escapeHtml(sentence)}</p>`,
    text: () => sentence,
  });
}

/**
 * Every other arm of a run ÷ its first, by medians: a sentence each with its 99 % interval, or why there is no ratio.
 *
 * @example
 * await lab.ratios(run);
 */
export async function ratios(run: Run): Promise<Prose> {
  const { ratios: found, withoutRatio } = await ratiosToFirst(run);
  const all = [...found.map((comparison) => sentenceOf(comparison, run)), ...withoutRatio];
  return prose(all.length === 0 ? ["The run has one arm, so there is nothing to compare it with."] : all);
}

function sentenceOf(comparison: Comparison, { info }: Run): string {
  const { ratio, scope } = comparison;
  const measured = `${sayRatio({ ...comparison, low: ratio.low, high: ratio.high })}, in ${scope}.`;
  const doubt = doubtSameWork(info, comparison);
  return doubt === null ? measured : `${measured} ${doubt}`;
}

/** Null where a page could not compute the ratio from calls. */
function cardHtml(comparison: Comparison, calls: Calls, { info }: Run): string | null {
  const { first, second, metric, ratio } = comparison;
  if (!isCallMetric(metric) || info.imported != null) return null;
  const rows = comparedRows(calls, info, comparison);
  const words = comparisonWords(first, second);
  const found: Recomputed = { ...comparison, side: sideOf(ratio), oneProcess: sharesProcess(info.host) };
  return comparisonCardHtml({
    title: `${sayArm(first)} ÷ ${sayArm(second)} by ${words[metric].label}`,
    metric,
    said: sayComparison(found, { metric, cut: "detected", unit: "pairs" }, words),
    estimate: ratio,
    words,
    rounds: rows > mostCallsInPage ? { tooMany: rows } : comparedRounds(calls, info, comparison),
    isLoad: info.load !== null,
    doubt: doubtSameWork(info, comparison),
  });
}

function isCallMetric(metric: string): metric is CallMetric {
  return (callMetrics as readonly string[]).includes(metric);
}
