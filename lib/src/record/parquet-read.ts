import type { DuckDBConnection, DuckDBDataChunk, DuckDBDoubleVector } from "@duckdb/node-api";
import type { Calls } from "./calls.js";
import { newCalls } from "./calls-table.js";
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
    const calls = newCalls(await rowsIn(connection, file), armNames, errorCodes);
    const present = await columnsIn(connection, file);
    const select = parquetColumns.map((column) => {
      const value = column.addedLater && !present.has(column.name) ? "NULL" : `"${column.name}"`;
      return `CAST(${numberSql(column, value, calls)} AS DOUBLE)`;
    });
    const result = await connection.stream(`SELECT ${select.join(", ")} FROM ${file}`);
    let at = 0;
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return calls;
      at += copyChunk(chunk, calls, at);
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

function copyChunk(chunk: DuckDBDataChunk, calls: Calls, at: number): number {
  // Through doubles: one loop over one kind of array runs several times faster than one that meets all of them.
  const values = new Float64Array(chunk.rowCount);
  parquetColumns.forEach(({ name }, columnIndex) => {
    const vector = chunk.getColumnVector(columnIndex) as DuckDBDoubleVector;
    for (let row = 0; row < values.length; row++) values[row] = vector.getItem(row) ?? Number.NaN;
    calls[name].set(values, at);
  });
  return values.length;
}
