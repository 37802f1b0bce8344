import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse";
import { WirelabError } from "../../../errors.js";
import { quoted } from "../../../quoted.js";
import type { CellPlace } from "./cells.js";
import type { LastLine } from "./lines.js";
import { fileError, type ToolFile } from "./tool-file.js";

/** Rows that are handed on together. */
const batchRows = 1024;

/** A row of a CSV file whose cells are asked for by the name of their column. */
export interface CsvRow {
  readonly line: number;
  /** The cell's text; "" where the file lacks the column. */
  text(column: string): string;
  /** Where it stands. */
  place(column: string): CellPlace;
}

/** How a tool ends its last row: "open where whole" without an end of line, so that one that lacks cells is cut off. */
export type LastRow = LastLine | "open where whole";

interface CsvRecord {
  readonly cells: readonly string[];
  /** The one in which it begins. */
  readonly line: number;
}

/**
 * What `read` makes of the rows of a CSV file below its header, some at a time.
 * @throws WirelabError `usage` where a column of `needed` is missing, or a row has more or fewer cells than the header.
 */
export async function* csvRows<T>(
  file: ToolFile,
  { needed, last }: { readonly needed: readonly string[]; readonly last: LastRow },
  read: (row: CsvRow) => T | null,
): AsyncGenerator<readonly T[], void, undefined> {
  let header: ReadonlyMap<string, number> | null = null;
  let held: CsvRecord | null = null;
  let batch: T[] = [];
  const ended = { byNewline: false };
  const take = (record: CsvRecord) => {
    if (header === null) {
      header = headerOf(file, record.cells, needed);
      return;
    }
    const made = read(rowOf(file, header, record));
    if (made !== null) batch.push(made);
  };
  for await (const record of recordsOf(file, last, ended)) {
    if (held !== null) take(held);
    held = record;
    if (batch.length < batchRows) continue;
    yield batch;
    batch = [];
  }
  const whole = (header as ReadonlyMap<string, number> | null)?.size ?? 0;
  if (held !== null) takeLast(file, held, { open: !ended.byNewline, last, whole, take });
  if (header === null) throw file.wrong("line 1", "there is no header");
  if (batch.length > 0) yield batch;
}

/** The same for rows that are looked at and not kept. */
export async function eachRow(
  file: ToolFile,
  options: { readonly needed: readonly string[]; readonly last: LastRow },
  see: (row: CsvRow) => void,
): Promise<void> {
  const take = (row: CsvRow) => {
    see(row);
    return null;
  };
  for await (const _ of csvRows(file, options, take));
}

/** A last row without its end may lack the end of a number too. */
function takeLast(
  file: ToolFile,
  record: CsvRecord,
  {
    open,
    last,
    whole,
    take,
  }: {
    readonly open: boolean;
    readonly last: LastRow;
    /** Cells of a row. */
    readonly whole: number;
    readonly take: (record: CsvRecord) => void;
  },
): void {
  const cut = `in the middle of line ${record.line}`;
  const lacks = last === "always ended" || (last === "open where whole" && record.cells.length < whole);
  if (open && (lacks || file.cutOff !== null)) {
    file.cutOff ??= cut;
    return;
  }
  take(record);
}

async function* recordsOf(
  file: ToolFile,
  last: LastRow,
  ended: { byNewline: boolean },
): AsyncGenerator<CsvRecord, void, undefined> {
  const parser = parse({ relax_column_count: true, max_record_size: 1_000_000 });
  const fed = pipeline(Readable.from(noting(file, ended)), parser);
  // Whoever reads the parser hears of it.
  fed.catch(() => {});
  try {
    // Counted here: the parser's own count takes as long as its parsing.
    let line = 1;
    for await (const record of parser) {
      const cells = record as readonly string[];
      if (cells.length > 1 || cells[0] !== "") yield { cells, line };
      line += 1 + newlinesIn(cells);
    }
  } catch (error) {
    if (error instanceof WirelabError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    if (isOpenQuote(error) && (last !== "may be open" || file.cutOff !== null)) {
      file.cutOff ??= "within a quoted cell";
      // What came before it is whole.
      ended.byNewline = true;
      return;
    }
    throw fileError(file.path, `cannot be read as CSV: ${reason}`, error);
  } finally {
    parser.destroy();
  }
}

async function* noting(file: ToolFile, ended: { byNewline: boolean }): AsyncGenerator<string> {
  for await (const text of file.texts()) {
    if (text !== "") ended.byNewline = text.endsWith("\n");
    if (text !== "") yield text;
  }
}

/** Within quotes. */
function newlinesIn(cells: readonly string[]): number {
  let found = 0;
  for (const cell of cells) if (cell.includes("\n")) found += cell.split("\n").length - 1;
  return found;
}

function isOpenQuote(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "CSV_QUOTE_NOT_CLOSED";
}

function headerOf(
  file: ToolFile,
  names: readonly string[],
  needed: readonly string[],
): ReadonlyMap<string, number> {
  const places = new Map(names.map((name, index) => [name.trim(), index]));
  const missing = needed.find((name) => !places.has(name));
  if (missing !== undefined) {
    const there = names
      .slice(0, 20)
      .map((name) => quoted(name.trim()))
      .join(", ");
    throw file.wrong("line 1", `there is no column ${quoted(missing)}; there are ${there}`);
  }
  if (places.size < names.length) throw file.wrong("line 1", "a column is there twice");
  return places;
}

function rowOf(file: ToolFile, header: ReadonlyMap<string, number>, { cells, line }: CsvRecord): CsvRow {
  if (cells.length !== header.size) {
    throw file.wrong(`line ${line}`, `the row has ${cells.length} cells and the header ${header.size}`);
  }
  return {
    line,
    text: (column) => cells[header.get(column) ?? -1] ?? "",
    place: (column) => ({ file, line, column }),
  };
}
