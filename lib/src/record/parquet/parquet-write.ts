import type { DuckDBConnection, DuckDBDataChunk } from "@duckdb/node-api";
import type { Calls, RoundPart } from "../calls.js";
import { callsFromParts, type PartsSummary, summarizeParts } from "../calls-table.js";
import { loadDuckDb, sqlPath, sqlTexts, withDuckDb } from "./duckdb.js";
import { type ParquetColumn, parquetColumns } from "./parquet-columns.js";

// DuckDB's vector size: the most rows that one chunk can hold.
const chunkRows = 2048;
// A row group is kept in memory until it is written; DuckDB's own default is 122,880 rows.
export const rowGroupRows = 40_960;

/**
 * Writes parts of rounds as one Parquet file, in their order; columns as DESIGN's call record names them, real NULLs.
 *
 * `parts` is asked twice, first for names and then for rows, so that no more than one part is in memory at a time.
 * Gives the number of rows written. The file is not there if it fails half-way.
 * @throws DuckDB's error, e.g. when the disk is full.
 */
export async function writeParquet(
  path: string,
  parts: () => Iterable<RoundPart>,
  options: { readonly warmFromBlock: readonly number[] },
): Promise<number> {
  const summary = summarizeParts(parts());
  await withDuckDb(async (connection) => {
    await offerParts(connection, parts(), { ...options, summary });
    const select = parquetColumns.map((column) => `${valueSql(column, summary)} AS "${column.name}"`);
    await connection.run(
      `COPY (SELECT ${select.join(", ")} FROM parts()) TO ${sqlPath(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowGroupRows})`,
    );
  });
  return summary.rows;
}

/** How a column's number in memory becomes its value in the file. */
function valueSql(column: ParquetColumn, summary: PartsSummary): string {
  const raw = `"${column.name}"`;
  if (column.name === "arm")
    return `list_extract(${sqlTexts(summary.arms.list)}, CAST(${raw} AS BIGINT) + 1)`;
  if (column.name === "error") {
    return `nullif(list_extract(${sqlTexts(summary.errors.list)}, CAST(${raw} AS BIGINT) + 1), '')`;
  }
  if (column.missing === "NaN") return `CASE WHEN isnan(${raw}) THEN NULL ELSE ${raw} END`;
  const value = `CAST(${raw} AS ${column.sqlType})`;
  return column.missing === "-1" ? `nullif(${value}, -1)` : value;
}

/** Makes the parts a table `parts()` of the connection, every column as numbers. */
async function offerParts(
  connection: DuckDBConnection,
  parts: Iterable<RoundPart>,
  options: { readonly warmFromBlock: readonly number[]; readonly summary: PartsSummary },
): Promise<void> {
  const { DOUBLE, DuckDBTableFunction } = await loadDuckDb();
  const slices = slicesOf(parts, options);
  connection.registerTableFunction(
    DuckDBTableFunction.create({
      name: "parts",
      bindFunction: (info) => {
        for (const { name } of parquetColumns) info.addResultColumn(name, DOUBLE);
      },
      initFunction: () => {},
      mainFunction: (_info, chunk) => {
        const next = slices.next();
        if (next.done === true) chunk.rowCount = 0;
        else fillChunk(chunk, next.value);
      },
    }),
  );
}

interface Slice {
  readonly calls: Calls;
  readonly from: number;
  readonly rows: number;
}

function* slicesOf(
  parts: Iterable<RoundPart>,
  options: { readonly warmFromBlock: readonly number[]; readonly summary: PartsSummary },
): Generator<Slice, void, undefined> {
  for (const part of parts) {
    const calls = callsFromParts([part], options);
    for (let from = 0; from < calls.length; from += chunkRows) {
      yield { calls, from, rows: Math.min(chunkRows, calls.length - from) };
    }
  }
}

function fillChunk(chunk: DuckDBDataChunk, { calls, from, rows }: Slice): void {
  chunk.rowCount = rows;
  parquetColumns.forEach(({ name }, columnIndex) => {
    const vector = chunk.getColumnVector(columnIndex);
    const values = new Float64Array(calls[name].subarray(from, from + rows));
    for (let row = 0; row < rows; row++) vector.setItem(row, values[row] ?? Number.NaN);
    vector.flush();
  });
}
