import { WirelabError } from "../../../errors.js";
import { quoted } from "../../../quoted.js";

const unitsMs = { s: 1000, ms: 1, us: 0.001, ns: 0.000_001 } as const;

/** A unit of times, and how many ms it is. */
export type TimeUnit = keyof typeof unitsMs;

/** Which column of a file of the user's own is what of a call. */
export interface ColumnMap {
  readonly duration: { readonly column: string; readonly unitMs: number };
  /** Null for a file without times. */
  readonly time: { readonly column: string; readonly unitMs: number; readonly marks: "start" | "end" } | null;
  readonly arm: string | null;
  readonly ok: string | null;
  readonly status: string | null;
  readonly error: string | null;
  readonly bytes: string | null;
}

/** What stands before the `=`, for messages and help. */
export const mapWords =
  "one of s, ms, us, ns for the duration; start or end for the time (start.ms where it is a number that is not in s); " +
  "arm, ok, status, error, bytes";

/**
 * Reads a map as it is written on a command line.
 * @throws WirelabError `usage` for a word that is none of `mapWords`, one that is there twice, or a map without a duration.
 * @example
 * parseColumnMap("start=time,ms=latency,arm=endpoint,status=code");
 */
export function parseColumnMap(text: string): ColumnMap {
  const columns = new Map<string, string>();
  for (const part of text.split(",")) {
    const at = part.indexOf("=");
    const [word, column] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    if (at < 1 || column === "") throw wrongMap(`${quoted(part)} is not WORD=COLUMN`);
    const key = word.replace(/\..*$/, "");
    if (columns.has(key)) throw wrongMap(`${key} is there twice`);
    columns.set(key, column);
    if (key !== word) columns.set(`${key}.`, word.slice(key.length + 1));
  }
  return mapOf(columns);
}

/** The columns that a map names: what is measured first, then what tells how a call went. */
export function columnsOf({ duration, time, bytes, ...words }: ColumnMap): readonly string[] {
  const { arm, ok, status, error } = words;
  return [duration.column, time?.column, arm, ok, status, error, bytes].filter((column) => column != null);
}

function mapOf(columns: ReadonlyMap<string, string>): ColumnMap {
  const known = ["start", "end", "arm", "ok", "status", "error", "bytes", ...Object.keys(unitsMs)];
  for (const [word, unit] of columns) {
    if (word.endsWith(".") ? !/^(start|end)\.$/.test(word) || !(unit in unitsMs) : !known.includes(word)) {
      throw wrongMap(`${quoted(word.endsWith(".") ? word + unit : word)} is not known`);
    }
  }
  const durations = Object.entries(unitsMs).flatMap(([unit, unitMs]) => {
    const column = columns.get(unit);
    return column === undefined ? [] : [{ column, unitMs }];
  });
  const [duration] = durations;
  if (duration === undefined) throw wrongMap("it names no duration");
  if (durations.length > 1) throw wrongMap("it names more than one duration");
  const one = (word: string) => columns.get(word) ?? null;
  return {
    duration,
    time: timeOf(columns),
    arm: one("arm"),
    ok: one("ok"),
    status: one("status"),
    error: one("error"),
    bytes: one("bytes"),
  };
}

function timeOf(columns: ReadonlyMap<string, string>): ColumnMap["time"] {
  const [start, end] = [columns.get("start"), columns.get("end")];
  if (start !== undefined && end !== undefined)
    throw wrongMap("it names both start and end; the duration is enough");
  const column = start ?? end;
  if (column === undefined) return null;
  const marks = start === undefined ? "end" : "start";
  const unit = columns.get(`${marks}.`) ?? "s";
  return { column, unitMs: Object.entries(unitsMs).find(([name]) => name === unit)?.[1] ?? 1000, marks };
}

function wrongMap(reason: string): WirelabError {
  return new WirelabError("usage", `The map of columns cannot be used: ${reason}; it takes ${mapWords}.`);
}
