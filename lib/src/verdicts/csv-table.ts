import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { WirelabError } from "../errors.js";

/** Turns the text of one cell into a value; throws an Error whose message is a reason, e.g. `"x" is no number`. */
export type CellReader<T> = (text: string) => T;

type Row<C extends Readonly<Record<string, CellReader<unknown>>>> = {
  readonly [Name in keyof C]: ReturnType<C[Name]>;
};

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
  return rows.map(({ record, info }) => {
    const where = `${path}, line ${info.lines}`;
    if (record.length !== names.length) {
      const last = names[Math.min(record.length, names.length) - 1];
      throw new WirelabError(
        "usage",
        `${where}, column ${last}: the row has ${record.length} cells and needs ${names.length}; quote a cell that holds a comma.`,
      );
    }
    const cells = names.map((name, index) => [name, readCell(where, name, columns, record[index] ?? "")]);
    return Object.fromEntries(cells) as Row<C>;
  });
}

function parseRecords(path: string): readonly CsvRecord[] {
  try {
    const options = { info: true, relax_column_count: true, bom: true } as const;
    return parse(readFileSync(path), options) as unknown as CsvRecord[];
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WirelabError("usage", `${path} cannot be read as CSV: ${reason}.`, { cause });
  }
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
  if (cell === "" || cell.trim() !== cell) throw new Error(`${JSON.stringify(cell)} is empty or padded`);
  return cell;
}

/** A finite number in decimal notation, without unit or grouping. */
export function number(cell: string): number {
  if (!/^-?\d+(\.\d+)?$/.test(cell)) throw new Error(`${JSON.stringify(cell)} is no plain decimal number`);
  return Number(cell);
}

/** A cell that may be empty, which reads as null. */
export function optional<T>(reader: CellReader<T>): CellReader<T | null> {
  return (cell) => (cell === "" ? null : reader(cell));
}

/** A cell that holds one of the given words. */
export function oneOf<T extends string>(...words: readonly T[]): CellReader<T> {
  return (cell) => {
    const word = words.find((candidate) => candidate === cell);
    if (word === undefined) throw new Error(`${JSON.stringify(cell)} is none of ${words.join(", ")}`);
    return word;
  };
}
