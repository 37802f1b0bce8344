import type { DuckDBConnection } from "@duckdb/node-api";
import { WirelabError } from "../../../errors.js";
import { quoted } from "../../../quoted.js";
import { duckDbReason, openDuckDb, sqlName, sqlReadPath } from "../../parquet/duckdb.js";
import type { CsvRow } from "../reading/csv.js";
import { fileError, type ToolFile } from "../reading/tool-file.js";

/**
 * What `read` makes of the rows of a Parquet file, some at a time; a row's cells are texts as in a CSV file, dates in UTC.
 * @throws WirelabError `usage` where a column of `needed` is missing, or the file is damaged.
 */
export async function* parquetRows<T>(
  file: ToolFile,
  needed: readonly string[],
  read: (row: CsvRow) => T | null,
): AsyncGenerator<readonly T[], void, undefined> {
  await file.hash();
  const { connection, close } = await openDuckDb();
  let line = 0;
  try {
    const { from, columns } = await parquetTexts(connection, file, needed);
    const result = await connection.stream(`SELECT ${columns.join(", ")} FROM ${from}`);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return;
      const batch = chunk.getRows().flatMap((cells) => {
        line++;
        return read(rowOf(file, line, needed, cells)) ?? [];
      });
      if (batch.length > 0) yield batch;
    }
  } catch (error) {
    if (error instanceof WirelabError) throw error;
    throw fileError(file.path, `cannot be read as Parquet: ${duckDbReason(error)}`, error);
  } finally {
    close();
  }
}

function rowOf(file: ToolFile, line: number, needed: readonly string[], cells: readonly unknown[]): CsvRow {
  return {
    line,
    text: (column) => {
      const cell = cells[needed.indexOf(column)];
      return typeof cell === "string" ? cell : "";
    },
    place: (column) => ({ file, line, column }),
  };
}

/**
 * SQL of every needed column as text, in that order, and of where they are.
 * @throws WirelabError `usage` where a column is missing.
 */
export async function parquetTexts(
  connection: DuckDBConnection,
  file: ToolFile,
  needed: readonly string[],
): Promise<{ readonly from: string; readonly columns: readonly string[] }> {
  const from = `read_parquet(${sqlReadPath(file.path)})`;
  const described = await connection.runAndReadAll(
    `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${from})`,
  );
  const types = new Map(described.getRows().map(([name, type]) => [String(name), String(type)]));
  const columns = needed.map((name) => {
    const type = types.get(name);
    if (type !== undefined) return textSql(sqlName(name), type);
    const there = [...types.keys()].slice(0, 20).map(quoted).join(", ");
    throw file.wrong("its columns", `there is no column ${quoted(name)}; there are ${there}`);
  });
  return { from, columns };
}

function textSql(column: string, type: string): string {
  if (!type.startsWith("TIMESTAMP")) return `CAST(${column} AS VARCHAR)`;
  return `strftime(make_timestamp(epoch_us(${column})), '%Y-%m-%dT%H:%M:%S.%fZ')`;
}
