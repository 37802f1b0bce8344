import type { DuckDBConnection } from "@duckdb/node-api";
import { sqlPath } from "../../parquet/duckdb.js";
import {
  ArmNamer,
  type ArmNames,
  type Collected,
  type CollectedArm,
  errorCodeOf,
  mostArms,
  newArm,
} from "../collect.js";
import type { ToolFile } from "../reading/tool-file.js";
import { dateSql, isDateSql, numberSql } from "./cell-sql.js";
import { type ColumnMap, columnsOf } from "./column-map.js";
import { type Outcome, ownCalls, ownExactness } from "./own-calls.js";
import { factsOf, separator, type TableFacts, wordColumns } from "./table-facts.js";
import { type TableSource, tableSource } from "./table-source.js";

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
  const confirming = source.confirm(onRead);
  // What is packed has to be known to be bounded first.
  if (file.packing !== "") await confirming;
  const copying = worked(connection.run(copy));
  const confirmed = await confirming.catch(async (error) => {
    // A connection must not be closed under a query.
    connection.interrupt();
    await copying;
    throw error;
  });
  if (!(await copying)) return null;
  onRead();
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

function collect(
  file: ToolFile,
  { calls, zeroMs, span, durationStepMs, timeStepMs, outcomes }: TableFacts,
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
