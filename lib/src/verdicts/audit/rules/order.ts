import { sayDuration } from "../../../stats/digits.js";
import type { PublishedMetric } from "../../published/published.js";
import { ruleOf } from "../rule.js";
import { type Line, linesOf, placeOf } from "../table.js";
import { meanBounds, quantiles } from "./mean-bounds.js";

/** Percentiles rise, and the mean lies between the shortest and the longest call. */
export const orderLaw = ruleOf({
  law: "min ≤ median ≤ p90 ≤ p95 ≤ p99 ≤ max, the mean between min and max",
  needs: "two of these in a line",
  cases: ({ numbers }) =>
    linesOf(numbers).flatMap((line) => {
      const printed = (metrics: readonly PublishedMetric[]) =>
        metrics.filter((metric) => line.value(metric) !== undefined);
      const rising = [printed(quantiles.map(([metric]) => metric)), printed(["min", "mean", "max"])];
      return rising.some((metrics) => metrics.length > 1) ? [{ line, rising }] : [];
    }),
  fault: ({ line, rising }) => {
    const [falls] = rising.flatMap((metrics) =>
      metrics.slice(1).flatMap((metric, index) => {
        const before = metrics[index];
        return before !== undefined && isBelow(line, metric, before) ? [{ before, metric }] : [];
      }),
    );
    if (falls === undefined) return null;
    const { before, metric } = falls;
    return {
      strength: "contradiction",
      printed: `${metric} ${sayOf(line, metric)} beside ${before} ${sayOf(line, before)} (${placeOf(line)})`,
      found: `of the same calls the ${metric} cannot be below the ${before}`,
    };
  },
});

/** A mean has to be one that its own percentiles allow. */
export const meanLaw = ruleOf({
  law: "a mean that its percentiles allow",
  needs: "a mean and a median or percentile of a line; count for certainty, max for a bound from above",
  cases: ({ numbers }) =>
    linesOf(numbers).flatMap((line) => {
      const [meanS, bounds] = [line.value("mean"), meanBounds(line)];
      return meanS === undefined || bounds === null ? [] : [{ line, meanS, bounds }];
    }),
  fault: ({ line, meanS, bounds: { lowS, highS } }) => {
    const slack = line.slack("mean");
    const tooLow = meanS + slack < lowS;
    if (!tooLow && (highS === null || meanS - slack <= highS)) return null;
    const bound = tooLow ? `at least ${sayDuration(lowS)}` : `at most ${sayDuration(highS ?? Number.NaN)}`;
    return {
      strength: line.value("count") === undefined ? "suggestive" : "contradiction",
      printed: `mean ${sayOf(line, "mean")} (${placeOf(line)})`,
      found: `${sayPercentiles(line)} of the same calls make a mean of ${bound}`,
    };
  },
});

function isBelow(line: Line, metric: PublishedMetric, before: PublishedMetric): boolean {
  const value = (line.value(metric) ?? 0) + line.slack(metric);
  return value < (line.value(before) ?? 0) - line.slack(before);
}

function sayOf(line: Line, metric: PublishedMetric): string {
  return sayDuration(line.value(metric) ?? Number.NaN);
}

function sayPercentiles(line: Line): string {
  return quantiles
    .filter(([metric]) => line.value(metric) !== undefined)
    .map(([metric]) => `${metric} ${sayOf(line, metric)}`)
    .join(", ");
}
