import type { DuckDBConnection } from "@duckdb/node-api";
import { duckDbReason, sqlReadPath, sqlTexts, withDuckDb } from "./duckdb.js";
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

/** A round of a load, and how it is cut: from its begin into stretches, while it ran. */
export interface CutRound {
  readonly arm: string;
  readonly pair: number;
  readonly block: number;
  /** On the run's clock. */
  readonly beginMs: number;
  readonly lastedMs: number;
  readonly stretchMs: number;
}

/** A run folder whose calls are compacted, and of a load those rounds that told how long they ran; another one stands as one block. */
export interface RunOfBlocks {
  readonly folder: string;
  readonly cut: readonly CutRound[];
}

/** A run's blocks, of a load its stretches, and of each arm how many of all its calls failed. */
export interface BlocksOfRun {
  readonly blocks: readonly BlockNumbers[];
  readonly failures: ReadonlyMap<string, FailedCalls>;
}

/** Calls of an arm that failed and all of them, those of warm-up too. */
export interface FailedCalls {
  readonly failed: number;
  readonly calls: number;
}

/** The same, or why it cannot be read. */
export type ReadBlocks = BlocksOfRun | { readonly unreadable: string };

/**
 * The numbers of every block of many runs, by one DuckDB over their Parquet files: no call comes into this process. Percentiles are those
 * of `stats/percentiles/percentile.ts` (Hyndman & Fan's type 7). A run whose file is not there or damaged says so and keeps nobody from the others.
 */
export async function readBlocks(runs: readonly RunOfBlocks[]): Promise<readonly ReadBlocks[]> {
  return withDuckDb(async (connection) => {
    const read: ReadBlocks[] = [];
    for (const run of runs) {
      try {
        read.push({
          blocks: await blocksOf(connection, run),
          failures: await failuresOf(connection, run),
        });
      } catch (cause) {
        read.push({ unreadable: duckDbReason(cause) });
      }
    }
    return read;
  });
}

async function blocksOf(
  connection: DuckDBConnection,
  { folder, cut }: RunOfBlocks,
): Promise<readonly BlockNumbers[]> {
  const quantile = (p: number) => `quantile_cont(durationMs, ${p})`;
  const reader = await connection.runAndReadAll(`
    WITH cut(cutArm, cutPair, cutBlock, beginMs, lastedMs, stretchMs) AS (${cutSql(cut)}),
      placed AS (SELECT *, startMs + durationMs - beginMs AS endMs
        FROM read_parquet(${sqlReadPath(parquetPath(folder))})
        LEFT JOIN cut ON arm = cutArm AND pair = cutPair AND block = cutBlock WHERE ok AND NOT warmup)
    SELECT arm, CAST(pair AS INTEGER), CAST(block AS INTEGER) AS ofBlock,
      CAST(coalesce(least(floor(endMs / stretchMs), ceil(lastedMs / stretchMs) - 1), 0) AS INTEGER) AS stretch,
      CAST(count(*) AS INTEGER), ${quantile(0.5)},
      sum(durationMs * calls) / sum(calls), ${[0.9, 0.95, 0.99].map(quantile).join(", ")}
    FROM placed WHERE lastedMs IS NULL OR endMs <= lastedMs
    GROUP BY arm, pair, ofBlock, stretch ORDER BY arm, pair, ofBlock, stretch`);
  return reader.getRows().map((row) => {
    const [, pair, block, , calls, median, mean, p90, p95, p99] = row.map(Number) as number[] as Numbers;
    return { arm: String(row[0]), pair, block, calls, median, mean, p90, p95, p99 };
  });
}

function cutSql(rounds: readonly CutRound[]): string {
  if (rounds.length === 0) return "SELECT '', 0, 0, NULL::DOUBLE, NULL::DOUBLE, NULL::DOUBLE WHERE false";
  const rows = rounds.map(({ arm, pair, block, beginMs, lastedMs, stretchMs }) => {
    const times = [beginMs, lastedMs, stretchMs].map((ms) => `CAST(${ms} AS DOUBLE)`);
    return `(${sqlTexts([arm])}[1], ${pair}, ${block}, ${times.join(", ")})`;
  });
  return `VALUES ${rows.join(", ")}`;
}

async function failuresOf(
  connection: DuckDBConnection,
  { folder }: RunOfBlocks,
): Promise<ReadonlyMap<string, FailedCalls>> {
  const reader = await connection.runAndReadAll(`
    SELECT arm, sum(CASE WHEN ok THEN 0 ELSE calls END), sum(calls)
    FROM read_parquet(${sqlReadPath(parquetPath(folder))}) GROUP BY arm`);
  return new Map(
    reader
      .getRows()
      .map(
        ([arm, failed, calls]) => [String(arm), { failed: Number(failed), calls: Number(calls) }] as const,
      ),
  );
}

type Numbers = [number, number, number, number, number, number, number, number, number, number];
