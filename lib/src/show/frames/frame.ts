import type { DataFrame } from "danfojs-node";
import type { ArmSummary } from "../../analysis/types.js";
import type { Estimate } from "../../stats/interval.js";
import type { Cell } from "../tables/table.js";
import { formatCount } from "../words/number.js";
import { makeFrame } from "./danfo.js";

/** One published number beside what was measured here; durations in ms. */
export interface PublishedRow {
  readonly arm: string;
  /** Where or how, as the post says: `local`, `chain`. */
  readonly condition: string;
  /** What both numbers are, e.g. `total of 10,000 calls`. */
  readonly metric: string;
  readonly publishedMs: number | null;
  /** Ported to this project's stack. */
  readonly measured: Estimate | Extreme | null;
  /** The post's own stack, here; left out where none of it was measured. */
  readonly replicated?: Estimate | Extreme | null;
  /** Why the two may not be compared; "" when they may. */
  readonly remark: string;
}

/** The shortest or longest of many calls: a number that no interval goes with. */
export interface Extreme {
  readonly value: number;
  readonly confidence: null;
}

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

/**
 * A row a published number: published, then with its interval what the post's own stack took here, if it was measured, and what
 * this project's did, each also ÷ published; times in ms.
 *
 * @example
 * publishedFrame([{ arm: "REST", condition: "chain", metric: "total of 10,000 calls", publishedMs: 79_800, measured: total, remark: "" }])
 */
export function publishedFrame(rows: readonly PublishedRow[]): DataFrame {
  const several = new Set(rows.map(({ condition }) => condition)).size > 1;
  const both = rows.some(({ replicated }) => replicated !== undefined);
  const remarked = rows.some(({ remark }) => remark !== "");
  const columns = [
    "arm",
    ...(several ? ["condition"] : []),
    "metric",
    "publishedMs",
    ...(both ? measuredColumns("replicated") : []),
    ...measuredColumns("ported"),
    ...(remarked ? ["remark"] : []),
  ];
  const cells = rows.map((row): Cell[] => [
    row.arm,
    ...(several ? [row.condition] : []),
    row.metric,
    row.publishedMs,
    ...(both ? measuredCells(row, row.replicated ?? null) : []),
    ...measuredCells(row, row.measured),
    ...(remarked ? [row.remark] : []),
  ]);
  const confidence = rows.find((row) => row.measured?.confidence)?.measured?.confidence ?? undefined;
  return makeFrame(columns, cells, {
    caption: `Published beside measured${coverage(confidence)}`,
    notes: both ? [replicatedNote] : [],
  });
}

/** What the two columns are, below a table that has both. */
export const replicatedNote =
  "Replicated is the post's own stack, ported the same experiment on Express and grpc-js, both on this machine.";

function measuredColumns(by: "replicated" | "ported"): readonly string[] {
  return [`${by}Ms`, `${by}LowMs`, `${by}HighMs`, `${by}OverPublished`];
}

function measuredCells(
  { publishedMs, remark }: PublishedRow,
  measured: Estimate | Extreme | null,
): readonly Cell[] {
  if (measured === null) return [null, null, null, null];
  const over = publishedMs === null || remark !== "" ? null : measured.value / publishedMs;
  return measured.confidence === null
    ? [measured.value, null, null, over]
    : [measured.value, measured.low, measured.high, over];
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
