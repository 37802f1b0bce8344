import type { Table } from "../show/tables/table.js";
import {
  formatDuration,
  formatDurationInterval,
  formatNumber,
  formatNumberInterval,
  formatUnlessVast,
} from "../show/words/number.js";
import type { Estimate } from "../stats/interval.js";

/** A metric under the name that people read, and how its value of an arm is written. */
export type MetricRow<Arm> = readonly [name: string, say: (arm: Arm) => string];

/** An arm that says what it lacks. */
interface LackingArm {
  readonly name: string;
  /** Metric → why it is null. */
  readonly notMeasured: Readonly<Record<string, string>>;
}

/** A row a metric, a column an arm. */
export function metricTable<Arm extends { readonly name: string }>(
  rows: readonly MetricRow<Arm>[],
  arms: readonly Arm[],
): Table {
  return {
    columns: ["metric", ...arms.map(({ name }) => name)].map((name) => ({ name, kind: "text" })),
    rows: rows.map(([name, say]) => [name, ...arms.map((arm) => say(arm) || "none")]),
  };
}

/** Why some of the metrics that `names` gives names to are missing, a sentence each. */
export function sayLacks(arms: readonly LackingArm[], names: Readonly<Record<string, string>>): string[] {
  const metrics = Object.keys(names).filter((metric) =>
    arms.some(({ notMeasured }) => metric in notMeasured),
  );
  return metrics.map((metric) => sayLack(arms, metric, names[metric] ?? metric));
}

/** Which arms lack a metric, and why; many arms lack one for much the same reason, which is then said of the first. */
function sayLack(arms: readonly LackingArm[], metric: string, name: string): string {
  const lacking = arms.flatMap((arm) => {
    const why = arm.notMeasured[metric];
    return why === undefined ? [] : [{ name: arm.name, why }];
  });
  const reasons = [...new Set(lacking.map(({ why }) => why))];
  const whose = lacking.length === arms.length ? "" : ` of ${lacking.map((arm) => arm.name).join(", ")}`;
  const more = reasons.length === 1 ? "" : ` (${lacking[0]?.name}; the others likewise)`;
  return `No ${name}${whose}: ${reasons[0]}${more}.`;
}

/** A duration with its interval: `1.49 ms (1.40–1.58 ms)`. */
export function sayDuration(estimate: Estimate | null): string {
  return sayEstimate(estimate, formatDuration, formatDurationInterval);
}

/** A rate with its interval: `64.9 (64.1–66.0)`. */
export function sayRate(estimate: Estimate | null): string {
  return sayEstimate(estimate, formatNumber, formatNumberInterval);
}

function sayEstimate(
  estimate: Estimate | null,
  format: (value: number | null) => string,
  formatInterval: (interval: Estimate) => string,
): string {
  if (estimate === null) return format(null);
  return `${format(estimate.value)} (${formatUnlessVast(estimate, formatInterval)})`;
}
