import type { DuckDBConnection } from "@duckdb/node-api";
import { sqlPath } from "../../duckdb.js";
import { latestMs, longestMs } from "../cells.js";
import {
  ArmNamer,
  type ArmNames,
  type Collected,
  type CollectedArm,
  errorCodeOf,
  mostArms,
  newArm,
} from "../collect.js";
import { type ColumnMap, columnsOf } from "../column-map.js";
import type { CsvRow } from "../csv.js";
import { type Outcome, outcomeOf, ownCalls, ownExactness } from "../own-calls.js";
import type { ToolFile } from "../tool-file.js";
import { dateSql, isDateSql, numberSql } from "./cell-sql.js";
import { type TableSource, tableSource } from "./table-source.js";

/** More ways of a call to go than these are texts that differ from call to call. */
const mostOutcomes = 5000;
/** Between the words of an outcome; a cell that holds it makes too many of them. */
const separator = "\u001f";

/** A way of calls to go, by the words that the file has for it, as the record keeps it. */
export interface KnownOutcome extends Pick<Outcome, "ok" | "status"> {
  readonly words: string;
  readonly arm: string;
  readonly error: string;
}

/** A table of the user's own, its numbers read into a Parquet file of the same rows: `atMs`, `durationMs`, `bytes`, `words`. */
export interface OwnTable {
  readonly collected: Collected;
  readonly numbersPath: string;
  readonly outcomes: readonly KnownOutcome[];
}

/** Which table is read, and where its numbers go. */
export interface OwnTableOptions {
  readonly map: ColumnMap;
  readonly names: ArmNames;
  readonly numbersPath: string;
  /** Hears of every stretch that has been read; what it throws ends the reading. */
  readonly onRead: () => void;
}

/**
 * Reads all calls of a table with DuckDB, to the numbers that `ownCalls` would read; null where something is wrong with it, or
 * unusual, which `ownCalls` then has to say or to settle.
 * @throws WirelabError `usage` where the file as a whole cannot be read.
 */
export async function readOwnTable(
  connection: DuckDBConnection,
  file: ToolFile,
  { map, names, numbersPath, onRead }: OwnTableOptions,
): Promise<OwnTable | null> {
  const source = await tableSource(connection, file, columnsOf(map));
  if (source === null) return null;
  const copy = `COPY (${numbersSql(source, map)}) TO ${sqlPath(numbersPath)} (FORMAT parquet)`;
  // What is packed has to be known to be bounded first.
  const confirming = source.confirm(onRead);
  if (file.packing !== "") await confirming;
  const [confirmed, copied] = await Promise.all([confirming, worked(connection.run(copy))]);
  if (!copied) return null;
  const facts = await factsOf(connection, numbersPath, { map, file });
  if (facts === null || !confirmed(facts.calls)) return null;
  const collected = collect(file, facts, { map, names });
  return collected === null ? null : { numbersPath, ...collected };
}

async function worked(run: Promise<unknown>): Promise<boolean> {
  try {
    await run;
    return true;
  } catch {
    return false;
  }
}

/** A row a call of the file, in its order. */
function numbersSql({ from, texts }: TableSource, map: ColumnMap): string {
  const text = (column: string) => texts.get(column) ?? "''";
  const duration = numberSql(text(map.duration.column), map.duration.unitMs);
  const time = map.time === null ? noTime : timeSql(text(map.time.column), map.time.unitMs);
  const bytes = map.bytes === null ? "NULL" : numberSql(text(map.bytes), 1).value;
  const words = wordColumns(map)
    .map(text)
    .join(` || chr(${separator.charCodeAt(0)}) || `);
  const columns = {
    ...time,
    durationMs: duration.value,
    durationDigits: `CAST(${duration.digits} AS SMALLINT)`,
    bytes: `CAST(${bytes} AS DOUBLE)`,
    words: words === "" ? "''" : words,
  };
  const select = Object.entries(columns).map(([name, sql]) => `${sql} AS "${name}"`);
  return `SELECT ${select.join(", ")} FROM ${from}`;
}

const noTime = { atMs: "CAST(NULL AS DOUBLE)", atDigits: "NULL", dateDigits: "NULL" };

/** A time is a number, or where it looks like one a date. */
function timeSql(text: string, unitMs: number): typeof noTime {
  const number = numberSql(text, unitMs);
  const date = dateSql(text);
  const isDate = isDateSql(text);
  return {
    atMs: `CASE WHEN ${isDate} THEN ${date.value} ELSE ${number.value} END`,
    atDigits: `CAST(CASE WHEN ${isDate} THEN NULL ELSE ${number.digits} END AS SMALLINT)`,
    dateDigits: `CAST(CASE WHEN ${isDate} THEN ${date.digits} ELSE NULL END AS SMALLINT)`,
  };
}

/** The columns that tell how a call went; a value of them all is an outcome's words. */
function wordColumns({ arm, ok, status, error }: ColumnMap): readonly string[] {
  return [arm, ok, status, error].filter((column) => column !== null);
}

interface Facts {
  readonly calls: number;
  /** The file's time at which its clock is 0; NaN without times. */
  readonly zeroMs: number;
  readonly span: Collected["span"];
  readonly durationStepMs: number;
  readonly timeStepMs: number;
  /** In the order in which they first appear. */
  readonly outcomes: readonly (Outcome & OutcomeFacts)[];
}

interface OutcomeFacts {
  readonly words: string;
  readonly calls: number;
  readonly knowsBytes: boolean;
}

/** What is known of all rows; null without any, or where an outcome cannot be read. */
async function factsOf(
  connection: DuckDBConnection,
  path: string,
  { map, file }: { readonly map: ColumnMap; readonly file: ToolFile },
): Promise<Facts | null> {
  const numbers = `read_parquet(${sqlPath(path)}, file_row_number = true)`;
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

function collect(
  file: ToolFile,
  { calls, zeroMs, span, durationStepMs, timeStepMs, outcomes }: Facts,
  { map, names }: Pick<OwnTableOptions, "map" | "names">,
): Pick<OwnTable, "collected" | "outcomes"> | null {
  const format = ownCalls(map);
  const namer = new ArmNamer(file, format, names);
  const arms = new Map<string, CollectedArm>();
  const known = outcomes.map((outcome): KnownOutcome => {
    const { words, endpoint, ok, status } = outcome;
    const name = namer.nameOf(endpoint);
    const arm = arms.get(name) ?? newArm(name, "none");
    arms.set(name, arm);
    arm.calls += outcome.calls;
    arm.known.status ||= status >= 0;
    arm.known.bytesReceived ||= outcome.knowsBytes;
    return { words, arm: name, ok, status, error: errorCodeOf(outcome) };
  });
  if (arms.size > mostArms) return null;
  const exactness = ownExactness(map, { durationStepMs, timeStepMs });
  const { renamed } = namer;
  const collected = { file, format, exactness, arms: [...arms.values()], calls, renamed, zeroMs, span };
  return { collected, outcomes: known };
}
