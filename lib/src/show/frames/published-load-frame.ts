import type { DataFrame } from "danfojs-node";
import {
  type Bounds,
  formatBytes,
  formatCount,
  formatDuration,
  formatDurationInterval,
  formatUnlessVast,
} from "../words/number.js";
import { makeFrame } from "./frame.js";
import { replicatedNote } from "./published-frame.js";

/** What was measured of a number. */
export interface MeasuredOfLoad {
  readonly value: number;
  /** Null for what has none: counts, extremes, sizes. */
  readonly interval: Bounds | null;
  /** Whether the load was the post's, so that the numbers may be held against each other. */
  readonly isComparable: boolean;
  /** What to know of the load; "" where there is nothing. */
  readonly remark: string;
}

/** A number that a post prints of a load, and the same here. */
export interface PublishedLoadRow {
  readonly arm: string;
  readonly condition: string;
  /** Times in ms, `count` in calls, `bytes` in bytes. */
  readonly metric: "count" | "median" | "p95" | "p99" | "mean" | "min" | "max" | "bytes";
  readonly published: number;
  /** The post's own stack, here; left out where none of it was measured. */
  readonly replicated?: MeasuredOfLoad;
  readonly ported: MeasuredOfLoad | null;
  /** What it would take to measure it; "" where it was. */
  readonly missing: string;
}

/**
 * A row a published number of a load: published, then what the post's own stack did here, if it was measured, and this project's,
 * each also ÷ published where they may be compared. The numbers are texts with units, since they are times, counts and sizes.
 *
 * @example
 * publishedLoadFrame([{ arm: "grpc", condition: "30 s", metric: "median", published: 2, ported: { value: 61, interval: { low: 55, high: 68 }, isComparable: true, remark: "" }, missing: "" }])
 */
export function publishedLoadFrame(rows: readonly PublishedLoadRow[]): DataFrame {
  const both = rows.some(({ replicated }) => replicated !== undefined);
  const cells = rows.map((row) => [
    row.arm,
    row.condition,
    names[row.metric] ?? row.metric,
    write(row.metric, row.published),
    ...(both ? measuredCells(row, row.replicated ?? null) : []),
    ...measuredCells(row, row.ported),
    row.missing || remarkOf(row),
  ]);
  return makeFrame(
    [
      ...["arm", "condition", "metric", "published"],
      ...(both ? measuredColumns("replicated") : []),
      ...measuredColumns("ported"),
      "remark",
    ],
    cells,
    {
      caption: "Published beside measured: times of all rounds, counts and extremes of the middle one",
      notes: both ? [replicatedNote] : [],
    },
  );
}

function measuredColumns(by: "replicated" | "ported"): readonly string[] {
  return [by, `${by}Interval`, `${by}OverPublished`];
}

function measuredCells(
  { metric, published }: PublishedLoadRow,
  measured: MeasuredOfLoad | null,
): readonly (string | number | null)[] {
  if (measured === null) return [null, null, null];
  const { value, interval, isComparable } = measured;
  return [
    write(metric, value),
    interval === null ? null : formatUnlessVast(interval, formatDurationInterval),
    isComparable ? value / published : null,
  ];
}

function remarkOf({ replicated, ported }: PublishedLoadRow): string {
  const [theirs, ours] = [replicated?.remark ?? "", ported?.remark ?? ""];
  if (theirs === "" || ours === "" || theirs === ours) return ours || theirs;
  return `replicated: ${theirs}; ported: ${ours}`;
}

const names: Partial<Record<PublishedLoadRow["metric"], string>> = {
  count: "calls",
  bytes: "size of an answer",
  min: "shortest",
  max: "longest",
};

function write(metric: PublishedLoadRow["metric"], value: number): string {
  if (metric === "count") return formatCount(value);
  return metric === "bytes" ? formatBytes(value) : formatDuration(value);
}
