import { quoted } from "../../../quoted.js";
import type { Exactness } from "../../imported-info.js";
import { type ToolCall, toolCall } from "../call.js";
import type { CallFormat } from "../format.js";
import { bytesIn, dateIn, durationIn, isGood, momentIn, statusIn, wrongCell } from "../reading/cells.js";
import { type CsvRow, csvRows } from "../reading/csv.js";
import { parquetMagic } from "../reading/tool-file.js";
import { type ColumnMap, columnsOf } from "./column-map.js";
import { parquetRows } from "./parquet-rows.js";

/**
 * A CSV or Parquet file of the user's own, whose columns a map names. How exact it is shows in its numbers, once they are read.
 * `own-table/` reads most such files many times faster, to the same numbers; this reads every one, and names what is wrong.
 */
export function ownCalls(map: ColumnMap): CallFormat {
  const steps = new Steps(map);
  const needed = columnsOf(map);
  const callOf = (row: CsvRow) => {
    steps.see(row);
    return ownCall(row, map);
  };
  return {
    kind: "calls",
    name: "own table",
    tool: "own table",
    recognise: () => true,
    get exactness() {
      return steps.exactness();
    },
    leavesOut: [],
    read: (file) =>
      file.head === parquetMagic
        ? parquetRows(file, needed, callOf)
        : csvRows(file, { needed, last: "may be open" }, callOf),
  };
}

/** How a call went, of the cells that are words or codes and not measured numbers. */
export type Outcome = Pick<ToolCall, "endpoint" | "ok" | "status" | "error">;

/** How a row's call went. Throws `usage` with the place of a cell that cannot be read. */
export function outcomeOf(row: CsvRow, map: ColumnMap): Outcome {
  const cell = (column: string | null) => (column === null ? "" : row.text(column));
  const status = map.status === null ? -1 : statusIn(cell(map.status), row.place(map.status));
  const told = cell(map.error);
  const ok = map.ok === null ? told === "" && (map.status === null || isGood(status)) : truthIn(row, map.ok);
  return {
    endpoint: cell(map.arm),
    ok,
    status: Math.max(-1, status),
    error: ok ? "" : told || (status >= 0 ? `status ${status}` : "failed"),
  };
}

function ownCall(row: CsvRow, map: ColumnMap): ToolCall {
  const { duration, time } = map;
  const { endpoint, ok, status, error } = outcomeOf(row, map);
  const bytes = map.bytes === null ? "" : row.text(map.bytes);
  const ms = row.text(duration.column);
  return toolCall({
    endpoint,
    atMs: time === null ? Number.NaN : timeIn(row, time),
    durationMs: ms === "" && !ok ? Number.NaN : durationIn(ms, duration.unitMs, row.place(duration.column)),
    ok,
    status,
    error,
    bytesReceived: bytes === "" || map.bytes === null ? Number.NaN : bytesIn(bytes, row.place(map.bytes)),
  });
}

function timeIn(
  row: CsvRow,
  { column, unitMs }: { readonly column: string; readonly unitMs: number },
): number {
  const text = row.text(column);
  const place = row.place(column);
  return /^\d{4}-/.test(text) ? dateIn(text, place) : momentIn(text, unitMs, place);
}

function truthIn(row: CsvRow, column: string): boolean {
  const text = row.text(column).toLowerCase();
  if (["true", "1", "yes"].includes(text)) return true;
  if (["false", "0", "no"].includes(text)) return false;
  throw wrongCell(row.place(column), `${quoted(text)} is neither true nor false`);
}

/** The most digits behind the point of durations and times tell how they are rounded. */
class Steps {
  #durationStepMs = Number.POSITIVE_INFINITY;
  #timeStepMs = Number.POSITIVE_INFINITY;
  readonly #map: ColumnMap;

  constructor(map: ColumnMap) {
    this.#map = map;
  }

  see(row: CsvRow): void {
    const { duration, time } = this.#map;
    this.#durationStepMs = Math.min(this.#durationStepMs, stepOf(row.text(duration.column), duration.unitMs));
    if (time !== null)
      this.#timeStepMs = Math.min(this.#timeStepMs, stepOf(row.text(time.column), time.unitMs));
  }

  exactness(): Exactness {
    return ownExactness(this.#map, { durationStepMs: this.#durationStepMs, timeStepMs: this.#timeStepMs });
  }
}

/** How exact a table of the user's own is, by the finest steps of its durations and its times. */
export function ownExactness(
  { time }: ColumnMap,
  { durationStepMs, timeStepMs }: { readonly durationStepMs: number; readonly timeStepMs: number },
): Exactness {
  return {
    clock: time?.marks ?? "none",
    clockStepMs: time === null ? null : timeStepMs,
    durationStepMs,
    covers: "as whoever wrote the table timed it",
  };
}

/** What the last digit of a number or of a date's seconds counts, in ms. */
function stepOf(text: string, unitMs: number): number {
  const date = /^\d{4}-.*?(?:\.(\d+))?(?:Z|[+-]\d\d:?\d\d)$/.exec(text);
  if (date !== null) return 1000 * 10 ** -digitsOf(date[1]);
  const [, fraction = "", exponent = "0"] = /^-?\d+(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  return unitMs * 10 ** (Number(exponent) - digitsOf(fraction));
}

/** Digits that say something: whole numbers are written 12.0 where a column is of floating point. */
function digitsOf(fraction = ""): number {
  return fraction.replace(/0+$/, "").length;
}
