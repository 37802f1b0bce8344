import type { DuckDBConnection } from "@duckdb/node-api";
import { sqlReadPath } from "../../parquet/duckdb.js";
import type { Collected } from "../collect.js";
import { latestMs, longestMs } from "../reading/cells.js";
import type { CsvRow } from "../reading/csv.js";
import type { ToolFile } from "../reading/tool-file.js";
import type { ColumnMap } from "./column-map.js";
import { type Outcome, outcomeOf } from "./own-calls.js";

/** More ways of a call to go than these are texts that differ from call to call. */
const mostOutcomes = 5000;
/** Between the words of an outcome; a cell that holds it makes too many of them. */
export const separator = "\u001f";

/** The columns that tell how a call went; a value of them all is an outcome's words. */
export function wordColumns({ arm, ok, status, error }: ColumnMap): readonly string[] {
  return [arm, ok, status, error].filter((column) => column !== null);
}

/** What is known of all rows of a table. */
export interface TableFacts {
  readonly calls: number;
  /** The file's time at which its clock is 0; NaN without times. */
  readonly zeroMs: number;
  readonly span: Collected["span"];
  readonly durationStepMs: number;
  readonly timeStepMs: number;
  /** In the order in which they first appear. */
  readonly outcomes: readonly (Outcome & OutcomeFacts)[];
}

/** Of the calls that went one way. */
export interface OutcomeFacts {
  readonly words: string;
  readonly calls: number;
  readonly knowsBytes: boolean;
}

/** What is known of the rows of a Parquet file of numbers (`OwnTable`); null without any, or where an outcome cannot be read. */
export async function factsOf(
  connection: DuckDBConnection,
  path: string,
  { map, file }: { readonly map: ColumnMap; readonly file: ToolFile },
): Promise<TableFacts | null> {
  const numbers = `read_parquet(${sqlReadPath(path)}, file_row_number = true)`;
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
  const [all] = await ask(
    `SELECT count(*)::DOUBLE, min_by("atMs", file_row_number), max("durationDigits")::DOUBLE, max("atDigits")::DOUBLE, max("dateDigits")::DOUBLE, ` +
      `count("atMs")::DOUBLE, max("atMs"), max("durationMs"), max(bytes) FROM ${numbers}`,
  );
  const [calls, firstAtMs, durationDigits, atDigits, dateDigits, times, ...largest] = (all ?? []) as (
    | number
    | null
  )[];
  if (calls == null || calls === 0 || (map.time !== null && times !== calls)) return null;
  const [lastAtMs, longest, mostBytes] = largest.map((value) => value ?? 0) as [number, number, number];
  if (lastAtMs >= latestMs || longest > longestMs || mostBytes === Number.POSITIVE_INFINITY) return null;
  const zeroMs = firstAtMs == null ? Number.NaN : Math.floor(firstAtMs);
  const start = startSql(map, zeroMs);
  const [ends] = await ask(`SELECT min(${start}), max(${start} + coalesce("durationMs", 0)) FROM ${numbers}`);
  const [fromMs, toMs] = (ends ?? []) as (number | null)[];
  const groups = await ask(
    `SELECT words, count(*)::DOUBLE, count("durationMs")::DOUBLE, count(bytes)::DOUBLE FROM ${numbers} GROUP BY words ORDER BY min(file_row_number) LIMIT ${mostOutcomes + 1}`,
  );
  if (groups.length > mostOutcomes) return null;
  const outcomes: (Outcome & OutcomeFacts)[] = [];
  for (const [words, count, durations, bytes] of groups) {
    const outcome = outcomeIn(String(words), map, file);
    // A call that went well took some time.
    if (outcome === null || (outcome.ok && durations !== count)) return null;
    outcomes.push({ ...outcome, words: String(words), calls: Number(count), knowsBytes: Number(bytes) > 0 });
  }
  const stepOf = (digits: number | null | undefined, unitMs: number) =>
    digits == null ? Number.POSITIVE_INFINITY : unitMs * 10 ** -digits;
  return {
    calls,
    zeroMs,
    span: fromMs == null || toMs == null ? null : { fromMs, toMs },
    durationStepMs: stepOf(durationDigits, map.duration.unitMs),
    timeStepMs: Math.min(stepOf(atDigits, map.time?.unitMs ?? 1), stepOf(dateDigits, 1000)),
    outcomes,
  };
}

/** When a call started on the file's own clock; NULL without times. */
export function startSql({ time }: ColumnMap, zeroMs: number): string {
  if (Number.isNaN(zeroMs)) return "CAST(NULL AS DOUBLE)";
  const took = time?.marks === "end" ? `coalesce("durationMs", 0)` : "0";
  return `("atMs" - CAST('${zeroMs}' AS DOUBLE) - ${took})`;
}

function outcomeIn(words: string, map: ColumnMap, file: ToolFile): Outcome | null {
  const columns = wordColumns(map);
  const cells = words.split(separator);
  if (cells.length > Math.max(1, columns.length)) return null;
  const row: CsvRow = {
    line: 0,
    text: (column) => cells[columns.indexOf(column)] ?? "",
    place: (column) => ({ file, line: 0, column }),
  };
  try {
    return outcomeOf(row, map);
  } catch {
    return null;
  }
}
