import type { RoundColumns } from "./calls.js";

/** Storage of one column, as written in a frame's header: `f64` is a little-endian double, `u16` two bytes, and so on. */
export type ColumnType = "f64" | "u32" | "i32" | "u16" | "u8";

/** Name of one column of a round. */
export type ColumnName = Exclude<keyof RoundColumns, "length">;

// Widest first: written in this order, every column starts at a multiple of its own width and can be read in place.
const types: Readonly<Record<ColumnName, ColumnType>> = {
  intendedMs: "f64",
  startMs: "f64",
  durationMs: "f64",
  firstByteMs: "f64",
  serverMs: "f64",
  bytesSent: "f64",
  bytesReceived: "f64",
  index: "u32",
  calls: "u32",
  status: "i32",
  connectionId: "i32",
  caller: "u16",
  error: "u16",
  ok: "u8",
};

/** The typed array of the column `N`. */
export type Column<N extends ColumnName> = RoundColumns[N];

/** Storage type of every column, in the order in which columns are written. */
export const columnTypes: Readonly<Record<ColumnName, ColumnType>> = types;

/** All columns of a round, in the order in which they are written. */
export const columnNames: readonly ColumnName[] = Object.keys(types) as ColumnName[];

const constructors = {
  f64: Float64Array,
  u32: Uint32Array,
  i32: Int32Array,
  u16: Uint16Array,
  u8: Uint8Array,
} as const;

/** Bytes of one element of the column type. */
export function elementBytes(type: ColumnType): number {
  return constructors[type].BYTES_PER_ELEMENT;
}

/** A zeroed array of `length` elements for the column. */
export function newColumn<N extends ColumnName>(name: N, length: number): Column<N> {
  return new constructors[columnTypes[name]](length) as Column<N>;
}

/** The column of `length` elements that starts at `offset` of `bytes`: in place where it is aligned, else a copy. */
export function columnFromBytes<N extends ColumnName>(
  name: N,
  bytes: Uint8Array,
  offset: number,
  length: number,
): Column<N> {
  const make = constructors[columnTypes[name]];
  const lengthBytes = length * make.BYTES_PER_ELEMENT;
  const start = bytes.byteOffset + offset;
  if (start % make.BYTES_PER_ELEMENT === 0) {
    // A frame's body is never shared memory, which is all that the wider type would allow for.
    return new make(bytes.buffer as ArrayBuffer, start, length) as Column<N>;
  }
  return new make(bytes.slice(offset, offset + lengthBytes).buffer, 0, length) as Column<N>;
}

/** The columns of a round, each made by `column(name)`. */
export function buildColumns(
  length: number,
  column: <N extends ColumnName>(name: N) => Column<N>,
): RoundColumns {
  return {
    length,
    index: column("index"),
    caller: column("caller"),
    intendedMs: column("intendedMs"),
    startMs: column("startMs"),
    durationMs: column("durationMs"),
    firstByteMs: column("firstByteMs"),
    serverMs: column("serverMs"),
    calls: column("calls"),
    ok: column("ok"),
    status: column("status"),
    error: column("error"),
    bytesSent: column("bytesSent"),
    bytesReceived: column("bytesReceived"),
    connectionId: column("connectionId"),
  };
}
