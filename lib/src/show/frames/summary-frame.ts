import type { DataFrame } from "danfojs-node";
import type { ArmSummary } from "../../analysis/types.js";
import type { Cell } from "../tables/table.js";
import { formatCount } from "../words/number.js";
import { makeFrame } from "./frame.js";

const PERCENTILES = ["p50Ms", "p90Ms", "p95Ms", "p99Ms"] as const;

/**
 * A row an arm: calls, median and percentiles with their intervals, extremes, first call, calls a second; times in ms.
 * Columns are named with their units (`p50Ms`, `p50LowMs`, `p50HighMs`, …).
 *
 * @example
 * summaryFrame(summaries).loc({ columns: ["arm", "p50Ms", "p99Ms"] })
 */
export function summaryFrame(summaries: readonly ArmSummary[]): DataFrame {
  const rows = summaries.map(summaryColumns);
  const columns = rows[0]?.map(([name]) => name) ?? ["arm"];
  return makeFrame(
    columns,
    rows.map((row) => row.map(([, value]) => value)),
    { caption: summaryCaption(summaries), notes: refusals(summaries) },
  );
}

function summaryColumns(summary: ArmSummary): readonly (readonly [string, Cell])[] {
  const percentiles = PERCENTILES.flatMap((name): (readonly [string, Cell])[] => [
    [name, summary[name]?.value ?? null],
    [name.replace("Ms", "LowMs"), summary[name]?.low ?? null],
    [name.replace("Ms", "HighMs"), summary[name]?.high ?? null],
  ]);
  return [
    ["arm", summary.arm],
    ["calls", summary.calls],
    ["failed", summary.failed],
    ...percentiles,
    ["meanMs", summary.meanMs],
    ["minMs", summary.minMs],
    ["maxMs", summary.maxMs],
    ["firstCallMs", summary.firstCallMs],
    ["callsPerSecond", summary.callsPerSecond],
  ];
}

function summaryCaption(summaries: readonly ArmSummary[]): string {
  const confidence = summaries.find((summary) => summary.p50Ms !== null)?.p50Ms?.confidence;
  // Nothing is known as warm where nothing was marked as warm-up, as of another tool's calls.
  const warm = summaries.some(({ warmupCalls }) => warmupCalls > 0) ? "warm " : "";
  return `Each arm in numbers: ${warm}calls that succeeded${coverage(confidence)}`;
}

/** What stands below a frame's values, as the end of its caption; "" where they have no intervals. */
export function coverage(confidence: number | undefined): string {
  if (confidence === undefined) return "";
  return `; below a value its ${Number((confidence * 100).toPrecision(3))} % interval`;
}

/** A line a percentile, however many arms have too few calls for it. */
function refusals(summaries: readonly ArmSummary[]): readonly string[] {
  const metrics = new Set(summaries.flatMap(({ refused }) => Object.keys(refused)));
  return [...metrics].map((metric) => {
    const without = summaries.filter(({ refused }) => refused[metric] !== undefined);
    const needed = without.map(({ refused }) => refused[metric]?.needed as number);
    const [least, most] = [Math.min(...needed), Math.max(...needed)];
    const calls = least === most ? formatCount(least) : `${formatCount(least)} to ${formatCount(most)}`;
    const arms = without.map(({ arm }) => arm).join(", ");
    return `No ${metric.replace(/Ms$/, "")} for ${arms}: it needs ${calls} calls as correlated as these.`;
  });
}
