import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { WirelabError } from "../../errors.js";
import { createRandom } from "../../stats/random.js";
import type { CallValues } from "./template.js";

/** A CSV file with a header. */
export interface Rows {
  readonly columns: readonly string[];
  readonly all: readonly Readonly<Record<string, string>>[];
}

/** An operation without a file of rows. */
export const noRows: Rows = { columns: [], all: [] };

/** Reads a file that an operation names; one that is not there is a `usage` error that says who needs it. */
export function readNamed(path: string, where: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : code;
    throw new WirelabError("usage", `${where}: ${path} cannot be read (${reason}).`, { cause });
  }
}

/** Reads the rows of a CSV file; one that is none, or has no row, is a `usage` error. */
export function readRows(path: string, where: string): Rows {
  const text = readNamed(path, where);
  let records: string[][];
  try {
    records = parse(text, { bom: true, skip_empty_lines: true });
  } catch (cause) {
    const { message } = cause as Error;
    throw new WirelabError("usage", `${where}: ${path} is no CSV file: ${message}.`, { cause });
  }
  const [columns, ...rows] = records;
  if (columns === undefined || rows.length === 0) {
    throw new WirelabError("usage", `${where}: ${path} has no rows: give a header and a row at least.`);
  }
  const all = rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] as string])));
  return { columns, all };
}

/** Which of how many callers draws values, in how many client processes. */
export interface CallerPlace {
  readonly caller: number;
  readonly callers: number;
  readonly seed: number;
}

/** The values of a caller's calls, one call after another; callers take rows and indices in turn. */
export function callValues({ caller, callers, seed }: CallerPlace, { all }: Rows): () => CallValues {
  const random = createRandom(seed);
  let calls = 0;
  return () => {
    const index = calls++ * callers + caller;
    return { index, caller, random, row: all[index % all.length] ?? null };
  };
}
