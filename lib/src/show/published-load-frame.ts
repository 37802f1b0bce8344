import type { DataFrame } from "danfojs-node";
import { makeFrame } from "./danfo.js";
import {
  type Bounds,
  formatBytes,
  formatCount,
  formatDuration,
  formatDurationInterval,
  formatUnlessVast,
} from "./number.js";

/** A number that a post prints of a load, and the same here. */
export interface PublishedLoadRow {
  readonly arm: string;
  readonly condition: string;
  /** Times in ms, `count` in calls, `bytes` in bytes. */
  readonly metric: "count" | "median" | "p95" | "p99" | "mean" | "min" | "max" | "bytes";
  readonly published: number;
  readonly measured: number | null;
  /** Null for what has none: counts, extremes, sizes. */
  readonly interval: Bounds | null;
  /** Why the two may not be compared; "" when they may. */
  readonly remark: string;
}

/**
 * A row a published number of a load: published, measured here, and measured ÷ published where they may be compared. The
 * numbers are texts with units, since they are times, counts and sizes.
 *
 * @example
 * publishedLoadFrame([{ arm: "grpc", condition: "30 s", metric: "median", published: 2, measured: 61, interval: { low: 55, high: 68 }, remark: "" }])
 */
export function publishedLoadFrame(rows: readonly PublishedLoadRow[]): DataFrame {
  const cells = rows.map(({ arm, condition, metric, published, measured, interval, remark }) => [
    arm,
    condition,
    names[metric] ?? metric,
    write(metric, published),
    measured === null ? null : write(metric, measured),
    interval === null ? null : formatUnlessVast(interval, formatDurationInterval),
    measured === null || remark !== "" ? null : measured / published,
    remark,
  ]);
  return makeFrame(
    ["arm", "condition", "metric", "published", "here", "interval", "measuredOverPublished", "remark"],
    cells,
    {
      caption: "Published beside measured: times of all rounds, counts and extremes of the middle one",
    },
  );
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
