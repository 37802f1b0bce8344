import { type CompareOptions, compare as compareRun } from "../analysis/compare.js";
import { comparedRounds } from "../analysis/compared-rounds.js";
import type { Comparison } from "../analysis/types.js";
import type { Recomputed } from "../recompute/recompute.js";
import { sayComparison } from "../recompute/words.js";
import type { Calls } from "../record/calls.js";
import type { Run } from "../record/run.js";
import { comparisonCardHtml } from "../show/comparison-card.js";
import { showable } from "../show/display.js";
import { escapeHtml } from "../show/html.js";
import { type CallMetric, callMetrics } from "../stats/round-metric.js";
import { sideOf } from "../stats/side.js";
import { comparisonWords } from "../verdicts/comparison-words.js";
import { sayRatio } from "../verdicts/prose.js";
import { sayArm } from "../verdicts/words.js";

/**
 * First arm ÷ second arm of a run with its 99 % interval; shows itself as a sentence, and in a report's page with a form that
 * computes it anew by another metric, warm-up or unit of repetition.
 *
 * @throws WirelabError `usage` for an arm that the run has not; `not-enough-data` where no block has both arms, or the
 *   metric of one is not known
 * @example
 * await lab.compare(run, { first: "rest", second: "grpc", metric: "median" });
 */
export async function compare(run: Run, options: CompareOptions): Promise<Comparison> {
  const comparison = await compareRun(run, options);
  const { ratio, scope } = comparison;
  const sentence = `${sayRatio({ ...comparison, low: ratio.low, high: ratio.high })}, in ${scope}.`;
  const calls = await run.calls();
  return showable(comparison, {
    html: () => cardHtml(comparison, calls, run) ?? `<p>${escapeHtml(sentence)}</p>`,
    text: () => sentence,
  });
}

/** Null where a page could not compute the ratio from calls. */
function cardHtml(comparison: Comparison, calls: Calls, { info }: Run): string | null {
  const { first, second, metric, ratio } = comparison;
  const rounds = comparedRounds(calls, info, comparison);
  if (rounds === null || !isCallMetric(metric)) return null;
  const words = comparisonWords(first, second);
  const found: Recomputed = { ...comparison, side: sideOf(ratio) };
  return comparisonCardHtml({
    title: `${sayArm(first)} ÷ ${sayArm(second)}`,
    metric,
    said: sayComparison(found, { metric, cut: "detected", unit: "pairs" }, words),
    estimate: ratio,
    words,
    rounds,
  });
}

function isCallMetric(metric: string): metric is CallMetric {
  return (callMetrics as readonly string[]).includes(metric);
}
