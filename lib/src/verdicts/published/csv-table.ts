import { closeSync, openSync, readSync, statSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { WirelabError } from "../../errors.js";
import { quoted } from "../../quoted.js";

/** Turns the text of one cell into a value; throws an Error whose message is a reason, e.g. `"x" is no number`. */
export type CellReader<T> = (text: string) => T;

type Row<C extends Readonly<Record<string, CellReader<unknown>>>> = {
  readonly [Name in keyof C]: ReturnType<C[Name]>;
};

/** What is read of a file at most, so that a hostile one is a sentence; published tables are far smaller. */
const limits = { sizeBytes: 10_000_000, rows: 5_000, rowBytes: 100_000 } as const;

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads a CSV file whose header must be exactly the names of `columns`, in their order.
 * @throws WirelabError `usage` that names file, line and column when the file cannot be read or a cell does not fit.
 */
export function readCsvTable<C extends Readonly<Record<string, CellReader<unknown>>>>(
  path: string,
  columns: C,
): readonly Row<C>[] {
  const names = Object.keys(columns);
  const [header, ...rows] = parseRecords(path);
  if (header?.record.join(",") !== names.join(",")) {
    throw new WirelabError("usage", `${path}, line 1: the header has to be ${names.join(",")}.`);
  }
  return rows.map((row) => readRow(path, row, names, columns));
}

/** A row of a table whose header is the reader's own, with the line that it stands in. */
export interface NumberedRow<T> {
  readonly line: number;
  readonly row: T;
}

/**
 * Reads a CSV file that has the names of `columns` in its header in any order; those in `defaults` may be left out, and every
 * row then reads as if it held that text.
 * @throws WirelabError `usage` that names file, line and column when the file cannot be read or a cell does not fit.
 */
export function readOwnTable<C extends Readonly<Record<string, CellReader<unknown>>>>(
  path: string,
  columns: C,
  defaults: Readonly<Partial<Record<keyof C & string, string>>>,
): readonly NumberedRow<Row<C>>[] {
  const [header, ...rows] = parseRecords(path);
  const names = (header?.record ?? []).map((name) => name.trim());
  checkHeader(path, names, Object.keys(columns), Object.keys(defaults));
  const left = Object.entries<string | undefined>(defaults).filter(([name]) => !names.includes(name));
  const all = [...names, ...left.map(([name]) => name)];
  const added = left.map(([, text]) => text ?? "");
  return rows.map(({ record, info }) => {
    checkLength(path, { record, info }, names);
    const row = readRow(path, { record: [...record, ...added], info }, all, columns);
    return { line: info.lines, row };
  });
}

function checkHeader(
  path: string,
  names: readonly string[],
  known: readonly string[],
  optional: readonly string[],
): void {
  const wrong = (reason: string) =>
    new WirelabError(
      "usage",
      `${path}, line 1: ${reason}; the header has to name ${known.filter((name) => !optional.includes(name)).join(", ")}, and may name ${optional.join(", ")}.`,
    );
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined) throw wrong(`there is no column ${quoted(stranger)}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw wrong(`the column ${twice} is there twice`);
  const missing = known.find((name) => !optional.includes(name) && !names.includes(name));
  if (missing !== undefined) throw wrong(`the column ${missing} is missing`);
}

function readRow<C extends Readonly<Record<string, CellReader<unknown>>>>(
  path: string,
  { record, info }: CsvRecord,
  names: readonly string[],
  columns: C,
): Row<C> {
  checkLength(path, { record, info }, names);
  const where = `${path}, line ${info.lines}`;
  const cells = names.map((name, index) => [name, readCell(where, name, columns, record[index] ?? "")]);
  return Object.fromEntries(cells) as Row<C>;
}

/** What was read of a file, with the state that it was in: the cells of a notebook ask for the posts' tables over and over. */
const known = new Map<string, { readonly state: string; readonly records: readonly CsvRecord[] }>();

function parseRecords(path: string): readonly CsvRecord[] {
  const state = stateOf(path);
  const before = known.get(path);
  if (before !== undefined && before.state === state) return before.records;
  const records = parseFile(path);
  if (state !== null) known.set(path, { state, records });
  return records;
}

/** When a file was last written, and how large it is; null for what is no file, such as a pipe, or is not there. */
function stateOf(path: string): string | null {
  try {
    const found = statSync(path);
    return found.isFile() ? `${found.mtimeMs} ${found.size} ${found.ino}` : null;
  } catch {
    return null;
  }
}

function parseFile(path: string): readonly CsvRecord[] {
  try {
    const options = {
      info: true,
      relax_column_count: true,
      bom: true,
      max_record_size: limits.rowBytes,
      to: limits.rows + 2,
    } as const;
    const records = parse(readAtMost(path, limits.sizeBytes), options) as unknown as CsvRecord[];
    if (records.length <= limits.rows + 1) return records;
    throw new Error(`it has more than ${limits.rows.toLocaleString("en")} rows`);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WirelabError("usage", `${path} cannot be read as CSV: ${reason}.`, { cause });
  }
}

function checkLength(path: string, { record, info }: CsvRecord, names: readonly string[]): void {
  if (record.length === names.length) return;
  const last = names[Math.min(record.length, names.length) - 1];
  throw new WirelabError(
    "usage",
    `${path}, line ${info.lines}, column ${last}: the row has ${record.length} cells and needs ${names.length}; quote a cell that holds a comma.`,
  );
}

/** Also of what has no size before it is read, such as a pipe. */
function readAtMost(path: string, sizeBytes: number): Buffer {
  const file = openSync(path, "r");
  try {
    const parts: Buffer[] = [];
    for (let left = sizeBytes + 1; left > 0; ) {
      const part = Buffer.alloc(Math.min(left, 65_536));
      const read = readSync(file, part);
      if (read === 0) return Buffer.concat(parts);
      parts.push(part.subarray(0, read));
      left -= read;
    }
  } finally {
    closeSync(file);
  }
  throw new Error(`it is larger than ${sizeBytes / 1e6} MB`);
}

function readCell(
  where: string,
  name: string,
  columns: Readonly<Record<string, CellReader<unknown>>>,
  text: string,
): unknown {
  try {
    return columns[name]?.(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WirelabError("usage", `${where}, column ${name}: ${reason}.`, { cause });
  }
}

/** A cell that must not be empty, nor begin or end with a blank. */
export function text(cell: string): string {
  if (cell === "" || cell.trim() !== cell) throw new Error(`${quoted(cell)} is empty or padded`);
  return cell;
}

/** A finite number in decimal notation, without unit or grouping. */
export function number(cell: string): number {
  if (!/^-?\d+(\.\d+)?$/.test(cell)) throw new Error(`${quoted(cell)} is no plain decimal number`);
  const value = Number(cell);
  if (!Number.isFinite(value)) throw new Error(`${quoted(cell)} is larger than can be reckoned with`);
  return value;
}

/** A cell that may be empty, which reads as null. */
export function optional<T>(reader: CellReader<T>): CellReader<T | null> {
  return (cell) => (cell === "" ? null : reader(cell));
}

/** A cell that holds one of the given words. */
export function oneOf<T extends string>(...words: readonly T[]): CellReader<T> {
  return (cell) => {
    const word = words.find((candidate) => candidate === cell);
    if (word === undefined) throw new Error(`${quoted(cell)} is none of ${words.join(", ")}`);
    return word;
  };
}
