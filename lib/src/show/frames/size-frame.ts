import type { DataFrame } from "danfojs-node";
import type { Estimate } from "../../stats/interval.js";
import { formatRatioInterval, formatUnlessVast } from "../words/number.js";
import { makeFrame } from "./frame.js";

/** Two arms at one size of their work; medians in ms. */
export interface SizeRow {
  readonly size: number;
  readonly firstMs: number | null;
  readonly secondMs: number | null;
  /** First ÷ second. */
  readonly ratio: Estimate;
}

/**
 * Medians of two arms and their ratio by the size of the work, a row a size.
 *
 * @example
 * sizeFrame(rows, { first: "rest", second: "grpc" })
 */
export function sizeFrame(
  rows: readonly SizeRow[],
  { first, second }: { readonly first: string; readonly second: string },
): DataFrame {
  const columns = ["size", `${first}, median ms`, `${second}, median ms`, "ratio", "interval"];
  const cells = rows.map(({ size, firstMs, secondMs, ratio }) => [
    size,
    firstMs,
    secondMs,
    ratio.value,
    formatUnlessVast(ratio, formatRatioInterval),
  ]);
  return makeFrame(columns, cells, { caption: `Medians of ${first} ÷ ${second} by the size of the work` });
}
