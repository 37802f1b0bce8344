import type { DataFrame } from "danfojs-node";
import type { Estimate } from "../../stats/interval.js";
import type { Cell } from "../tables/table.js";
import { makeFrame } from "./frame.js";
import { coverage } from "./summary-frame.js";

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
