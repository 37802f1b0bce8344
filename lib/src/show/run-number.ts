import type { AcrossRuns } from "../analysis/across-runs.js";
import { type ArmNumber, plainValue, type RunMetric } from "../analysis/run-metric.js";
import type { Estimate } from "../stats/interval.js";
import type { Threshold } from "../verdicts/threshold.js";
import type { ThresholdResult } from "../verdicts/threshold-outcome.js";
import {
  type Bounds,
  formatDuration,
  formatDurationInterval,
  formatNumber,
  formatNumberInterval,
  formatRatio,
  formatRatioInterval,
  formatShare,
  formatUnlessVast,
} from "./number.js";

/** How numbers of a metric are written, one and an interval of them. */
interface Written {
  readonly one: (value: number | null) => string;
  readonly range: (bounds: Bounds) => string;
}

const durations: Written = { one: formatDuration, range: unlessVast(formatDurationInterval) };
const ratios: Written = { one: formatRatio, range: unlessVast(formatRatioInterval) };
const rates: Written = {
  one: (value) => `${formatNumber(value)}/s`,
  range: unlessVast((bounds) => `${formatNumberInterval(bounds)}/s`),
};
const shares: Written = {
  one: formatShare,
  range: ({ low, high }) => `${formatShare(low)} to ${formatShare(high)}`,
};

function unlessVast(format: Written["range"]): Written["range"] {
  return (bounds) => formatUnlessVast(bounds, format);
}

/** How a metric is written; how many times one arm's is another's, where `isRatio`. */
function writtenAs(metric: RunMetric, isRatio: boolean): Written {
  if (isRatio) return ratios;
  if (metric === "error rate") return shares;
  return metric === "rate" ? rates : durations;
}

/** A number of an arm: `1.49 ms (1.45–1.53 ms)`, without an interval where there is none, a dash where it is missing. */
export function formatArmNumber(number: ArmNumber, metric: RunMetric, isRatio = false): string {
  const { one, range } = writtenAs(metric, isRatio);
  if (number.kind !== "estimated") return plainValue(number) === null ? "–" : one(plainValue(number));
  return `${one(number.estimate.value)} (${range(number.estimate)})`;
}

/** What a number became: the ratio with its interval, of an error rate the difference in points of 100. */
export function formatChange({ change, metric, before, now }: AcrossRuns): string {
  if (metric === "error rate") {
    return change === null ? "–" : points(change);
  }
  if (change !== null) {
    return `${formatRatio(change.value)} (${ratios.range(change)})`;
  }
  const [from, to] = [plainValue(before), plainValue(now)];
  return from === null || to === null || from === 0 ? "–" : formatRatio(to / from);
}

function points({ value, low, high }: Estimate): string {
  const written = (share: number) => `${share < 0 ? "−" : "+"}${formatNumber(Math.abs(100 * share))}`;
  return `${written(value)} (${written(low)} to ${written(high)}) points`;
}

/** What was held against a threshold, with its interval. */
export function formatMeasured({ measured, told, threshold }: ThresholdResult): string {
  const { one, range } = boundAs(threshold);
  if (measured === null) return told === null ? "–" : one(told);
  return `${one(measured.value)} (${range(measured)})`;
}

function boundAs({ subject: { metric, per }, bound }: Threshold): Written {
  return writtenAs(metric, per !== null || bound.kind === "baseline");
}
