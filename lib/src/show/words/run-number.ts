import type { AcrossRuns } from "../../analysis/runs/across-runs.js";
import { type ArmNumber, plainValue } from "../../analysis/runs/run-metric.js";
import { kindOf, type RunMetric, type RunMetricKind } from "../../analysis/runs/run-metric-names.js";
import type { Estimate } from "../../stats/interval.js";
import type { Threshold } from "../../verdicts/thresholds/threshold.js";
import type { ThresholdResult } from "../../verdicts/thresholds/threshold-outcome.js";
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
const numbers: Readonly<Record<RunMetricKind, Written>> = {
  time: durations,
  "processor time": durations,
  rate: {
    one: (value) => `${formatNumber(value)}/s`,
    range: unlessVast((bounds) => `${formatNumberInterval(bounds)}/s`),
  },
  share: {
    one: formatShare,
    range: ({ low, high }) => `${formatShare(low)} to ${formatShare(high)}`,
  },
};

function unlessVast(format: Written["range"]): Written["range"] {
  return (bounds) => formatUnlessVast(bounds, format);
}

/** How a metric is written; how many times one arm's is another's, where `isRatio`. */
function writtenAs(metric: RunMetric, isRatio: boolean): Written {
  return isRatio ? ratios : numbers[kindOf(metric)];
}

/** A number in words: itself, and its interval, "" where it has none. */
export interface NumberWords {
  readonly value: string;
  readonly interval: string;
}

/** A number of an arm; a dash where it is missing. */
export function armNumberWords(number: ArmNumber, metric: RunMetric): NumberWords {
  const { one, range } = writtenAs(metric, false);
  if (number.kind === "estimated") {
    return { value: one(number.estimate.value), interval: range(number.estimate) };
  }
  const value = plainValue(number);
  return { value: value === null ? "–" : one(value), interval: "" };
}

/** What a number became: the ratio, of an error rate the difference in points of 100. */
export function changeWords({ change, metric, before, now }: AcrossRuns): NumberWords {
  if (metric === "error rate") return change === null ? { value: "–", interval: "" } : points(change);
  if (change !== null) return { value: formatRatio(change.value), interval: ratios.range(change) };
  const [from, to] = [plainValue(before), plainValue(now)];
  const value = from === null || to === null || from === 0 ? null : to / from;
  return { value: formatRatio(value), interval: "" };
}

function points({ value, low, high }: Estimate): NumberWords {
  const written = (share: number) => `${share < 0 ? "−" : "+"}${formatNumber(Math.abs(100 * share))}`;
  return { value: `${written(value)} points`, interval: `${written(low)} to ${written(high)}` };
}

/** What was held against a threshold. */
export function measuredWords({ measured, told, threshold }: ThresholdResult): NumberWords {
  const { one, range } = boundAs(threshold);
  if (measured !== null) return { value: one(measured.value), interval: range(measured) };
  return { value: told === null ? "–" : one(told), interval: "" };
}

/** On one line: `1.49 ms (1.45–1.53 ms)`. */
export function onOneLine({ value, interval }: NumberWords): string {
  return interval === "" ? value : `${value} (${interval})`;
}

function boundAs({ subject: { metric, per }, bound }: Threshold): Written {
  return writtenAs(metric, per !== null || bound.kind === "baseline");
}
