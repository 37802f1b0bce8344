import type { ComparisonWords, MetricWords } from "../../recompute/words.js";
import { type CallMetric, callMetrics } from "../../stats/ratios/round-metric.js";
import { aroundRatio } from "./prose.js";
import { sayArm, wordsFor } from "./words.js";

/** How sentences speak of two arms by every metric that calls have. */
export function comparisonWords(first: string, second: string): ComparisonWords {
  const words = callMetrics.map((metric) => [metric, metricWords(first, second, metric)] as const);
  return Object.fromEntries(words) as Record<CallMetric, MetricWords>;
}

function metricWords(first: string, second: string, metric: CallMetric): MetricWords {
  const { verb, more, less, same, by } = wordsFor(metric);
  const between = (words: string) => `${sayArm(first)} ${verb} ${words} ${sayArm(second)}`;
  return {
    label: by ?? metric,
    ...aroundRatio({ first, second, metric }),
    above: between(more),
    below: between(less),
    inside: between(same),
  };
}
