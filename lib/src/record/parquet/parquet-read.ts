import type { DuckDBConnection, DuckDBDataChunk, DuckDBDoubleVector } from "@duckdb/node-api";
import type { Calls } from "../calls.js";
import { newCalls } from "../calls-table.js";
import { sqlReadPath, sqlTexts, withDuckDb } from "./duckdb.js";
import { type ParquetColumn, parquetColumns } from "./parquet-columns.js";

/**
 * Reads a file that `writeParquet` wrote, row for row as it was; columns that its version did not know are NULL.
 * @throws DuckDB's error when the file is damaged or has other columns.
 */
export async function readParquet(path: string): Promise<Calls> {
  return withDuckDb(async (connection) => {
    const file = `read_parquet(${sqlReadPath(path)}, file_row_number = true)`;
    const armNames = await namesIn(connection, file, "arm");
    const errorCodes = ["", ...(await namesIn(connection, file, "error"))];
    const rows = await rowsIn(connection, file);
    const constants = await constantsIn(connection, path);
    const calls = withConstants(newCalls(rows, armNames, errorCodes), constants);
    const present = await columnsIn(connection, file);
    const varying = parquetColumns.filter(({ name }) => !constants.has(name));
    const select = varying.map((column) => {
      const value = column.addedLater && !present.has(column.name) ? "NULL" : `"${column.name}"`;
      return `CAST(${numberSql(column, value, calls)} AS DOUBLE)`;
    });
    if (select.length === 0) return calls;
    const result = await connection.stream(`SELECT ${select.join(", ")} FROM ${file}`);
    let at = 0;
    let next = result.fetchChunk();
    try {
      for (;;) {
        const chunk = await next;
        if (chunk === null || chunk.rowCount === 0) return calls;
        // DuckDB makes the next one on a thread of its own while this one is copied.
        next = result.fetchChunk();
        at += copyChunk(chunk, varying, calls, at);
      }
    } finally {
      // A connection must not be closed under it.
      await next.catch(() => null);
    }
  });
}

/**
 * Number of rows that a Parquet file says it has.
 * @throws DuckDB's error when the file is damaged.
 */
export async function countParquetRows(path: string): Promise<number> {
  return withDuckDb((connection) => rowsIn(connection, `read_parquet(${sqlReadPath(path)})`));
}

async function rowsIn(connection: DuckDBConnection, file: string): Promise<number> {
  const reader = await connection.runAndReadAll(`SELECT count(*) FROM ${file}`);
  return Number(reader.getRows()[0]?.[0]);
}

async function columnsIn(connection: DuckDBConnection, file: string): Promise<ReadonlySet<string>> {
  const reader = await connection.runAndReadAll(`SELECT column_name FROM (DESCRIBE SELECT * FROM ${file})`);
  return new Set(reader.getRows().map(([name]) => String(name)));
}

/** The column's texts in the order in which they first appear. */
async function namesIn(connection: DuckDBConnection, file: string, column: string): Promise<string[]> {
  const reader = await connection.runAndReadAll(
    `SELECT ${column} FROM ${file} WHERE ${column} IS NOT NULL GROUP BY ${column} ORDER BY min(file_row_number)`,
  );
  return reader.getRows().map((row) => String(row[0]));
}

/** How a column's value in the file becomes its number in memory. */
function numberSql(
  column: ParquetColumn,
  value: string,
  names: Pick<Calls, "armNames" | "errorCodes">,
): string {
  if (column.name === "arm") return `list_position(${sqlTexts(names.armNames)}, ${value}) - 1`;
  if (column.name === "error")
    return `coalesce(list_position(${sqlTexts(names.errorCodes)}, ${value}) - 1, 0)`;
  if (column.missing === "NaN") return `coalesce(${value}, CAST('nan' AS DOUBLE))`;
  return column.missing === "-1" ? `coalesce(${value}, -1)` : value;
}

/** Columns that have one value throughout, as the file's statistics tell it; many do, and need no reading of every row. */
async function constantsIn(
  connection: DuckDBConnection,
  path: string,
): Promise<ReadonlyMap<ParquetColumn["name"], number>> {
  const reader = await connection.runAndReadAll(
    `SELECT path_in_schema, sum(stats_null_count) = sum(num_values), sum(stats_null_count) = 0 AND min(stats_min_value) = max(stats_max_value), ` +
      `min(stats_min_value), count(*) = count(stats_null_count) AND count(*) = count(stats_min_value), count(*) = count(stats_null_count) ` +
      `FROM parquet_metadata(${sqlReadPath(path)}) GROUP BY path_in_schema`,
  );
  const found = new Map<ParquetColumn["name"], number>();
  const told = new Map(reader.getRows().map(([name, ...facts]) => [String(name), facts]));
  for (const column of parquetColumns) {
    const [isNull, isOne, value, knowsValues, knowsNulls] = told.get(column.name) ?? [];
    if (knowsNulls === true && isNull === true) found.set(column.name, missingValue(column));
    else if (knowsValues === true && isOne === true && isWhole(column)) {
      found.set(column.name, value === "true" ? 1 : Number(value === "false" ? 0 : value));
    }
  }
  return found;
}

/** Texts are indices in memory, and statistics of doubles tell 0 and −0 not apart. */
function isWhole({ sqlType }: ParquetColumn): boolean {
  return sqlType !== "VARCHAR" && sqlType !== "DOUBLE";
}

function missingValue({ missing }: ParquetColumn): number {
  return missing === "NaN" ? Number.NaN : missing === "-1" ? -1 : 0;
}

/** Columns without any value share one array. */
function withConstants(calls: Calls, constants: ReadonlyMap<ParquetColumn["name"], number>): Calls {
  const unknown = [...constants].flatMap(([name, value]) => (Number.isNaN(value) ? [name] : []));
  for (const [name, value] of constants) if (value !== 0 && !Number.isNaN(value)) calls[name].fill(value);
  const [first] = unknown;
  if (first === undefined) return calls;
  const nothing = calls[first].fill(Number.NaN);
  return { ...calls, ...Object.fromEntries(unknown.map((name) => [name, nothing])) };
}

function copyChunk(
  chunk: DuckDBDataChunk,
  columns: readonly ParquetColumn[],
  calls: Calls,
  at: number,
): number {
  // Through doubles: one loop over one kind of array runs several times faster than one that meets all of them.
  const values = new Float64Array(chunk.rowCount);
  columns.forEach(({ name }, columnIndex) => {
    const vector = chunk.getColumnVector(columnIndex) as DuckDBDoubleVector;
    for (let row = 0; row < values.length; row++) values[row] = vector.getItem(row) ?? Number.NaN;
    calls[name].set(values, at);
  });
  return values.length;
}
