import type { WirelabError } from "../../../errors.js";
import { quoted } from "../../../quoted.js";
import type { ToolFile } from "./tool-file.js";

/** Where a cell stands, for what is said of it. */
export interface CellPlace {
  readonly file: ToolFile;
  readonly line: number;
  readonly column: string;
}

/** What is wrong with a cell. */
export function wrongCell({ file, line, column }: CellPlace, reason: string): WirelabError {
  return file.wrong(`line ${line}, column ${column}`, reason);
}

/** A finite number in decimal notation. Throws `usage` with file, line and column. */
export function numberIn(text: string, place: CellPlace): number {
  const value = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw wrongCell(place, `${quoted(text)} is no number`);
}

/** The longest call that is believed: a year. */
export const longestMs = 31_622_400_000;

/** A time in ms, of a cell that counts in `unitMs`: not below zero, and no longer than a year. */
export function durationIn(text: string, unitMs: number, place: CellPlace): number {
  return checkedDuration(numberIn(text, place) * unitMs, place);
}

/** The same of a number that was read already. */
export function checkedDuration(ms: number, place: CellPlace): number {
  if (ms >= 0 && ms <= longestMs) return ms;
  throw wrongCell(place, `a call cannot have taken ${ms} ms`);
}

/** A whole number that fits into the record's `status`; -1 for an empty cell. */
export function statusIn(text: string, place: CellPlace): number {
  if (text === "") return -1;
  const value = numberIn(text, place);
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 31) return value;
  throw wrongCell(place, `${quoted(text)} is no status`);
}

/** The latest moment that is believed: what lies behind it is a number in another unit. */
export const latestMs: number = Date.UTC(2200, 0);

/** Unix time in ms, of a cell that counts in `unitMs`. */
export function momentIn(text: string, unitMs: number, place: CellPlace): number {
  // Digits before the point are multiplied apart: µs of Unix time are at the end of what a double holds.
  const value = numberIn(text, place) * unitMs;
  if (value >= 0 && value < latestMs) return value;
  throw wrongCell(place, `${quoted(text)} is no time before the year 2200`);
}

/** Unix time in ms of a date as in RFC 3339, with as many digits of a second as it has. */
export function dateIn(text: string, place: CellPlace): number {
  const parts = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(\.\d{1,12})?(Z|[+-]\d\d:?\d\d)$/.exec(text);
  const [, whole = "", fraction = "", zone = ""] = parts ?? [];
  const seconds = Date.parse(`${whole.replace(" ", "T")}${zone}`);
  if (Number.isFinite(seconds) && seconds < latestMs) return seconds + Number(`0${fraction}`) * 1000;
  throw wrongCell(place, `${quoted(text)} is no date like 2026-11-22T03:16:09.825Z`);
}

/** Whether a status is one of an answer that went well: HTTP below 400, or gRPC's 0. */
export function isGood(status: number): boolean {
  return status === 0 || (status >= 200 && status < 400);
}

/** A number of bytes. */
export function bytesIn(text: string, place: CellPlace): number {
  const value = numberIn(text, place);
  if (value >= 0) return value;
  throw wrongCell(place, `${quoted(text)} is no number of bytes`);
}
