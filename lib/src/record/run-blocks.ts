import type { DuckDBConnection } from "@duckdb/node-api";
import { sqlReadPath, withDuckDb } from "./duckdb.js";
import { parquetPath } from "./stored-calls.js";

/** What DuckDB computes of a block's warm calls that succeeded; durations in ms. */
export interface BlockNumbers {
  readonly arm: string;
  readonly pair: number;
  readonly block: number;
  readonly calls: number;
  readonly median: number;
  readonly mean: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
}

/** A run folder whose calls are compacted, and whether its rounds are loads, whose seconds then stand as blocks. */
export interface RunOfBlocks {
  readonly folder: string;
  readonly isLoad: boolean;
}

/** A run's blocks, or why they cannot be read. */
export type ReadBlocks = readonly BlockNumbers[] | { readonly unreadable: string };

/**
 * The numbers of every block of many runs, by one DuckDB over their Parquet files: no call comes into this process. Percentiles are those
 * of `stats/percentile.ts` (Hyndman & Fan's type 7). A run whose file is not there or damaged says so and keeps nobody from the others.
 */
export async function readBlocks(runs: readonly RunOfBlocks[]): Promise<readonly ReadBlocks[]> {
  return withDuckDb(async (connection) => {
    const read: ReadBlocks[] = [];
    for (const run of runs) read.push(await blocksOf(connection, run));
    return read;
  });
}

async function blocksOf(connection: DuckDBConnection, { folder, isLoad }: RunOfBlocks): Promise<ReadBlocks> {
  const block = isLoad ? "CAST(floor((startMs + durationMs) / 1000) AS INTEGER)" : "CAST(block AS INTEGER)";
  const quantile = (p: number) => `quantile_cont(durationMs, ${p})`;
  try {
    const reader = await connection.runAndReadAll(`
      SELECT arm, CAST(pair AS INTEGER), ${block} AS stretch, CAST(count(*) AS INTEGER), ${quantile(0.5)},
        sum(durationMs * calls) / sum(calls), ${[0.9, 0.95, 0.99].map(quantile).join(", ")}
      FROM read_parquet(${sqlReadPath(parquetPath(folder))}) WHERE ok AND NOT warmup
      GROUP BY arm, pair, stretch ORDER BY arm, pair, stretch`);
    return reader.getRows().map((row) => {
      const [, pair, at, calls, median, mean, p90, p95, p99] = row.map(Number) as number[] as Numbers;
      return { arm: String(row[0]), pair, block: at, calls, median, mean, p90, p95, p99 };
    });
  } catch (cause) {
    return { unreadable: String(cause instanceof Error ? cause.message : cause).split("\n")[0] ?? "" };
  }
}

type Numbers = [number, number, number, number, number, number, number, number, number];
