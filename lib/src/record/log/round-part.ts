import { z } from "zod";
import type { RoundPart } from "../calls.js";
import {
  buildColumns,
  type ColumnName,
  columnFromBytes,
  columnNames,
  columnTypes,
  elementBytes,
} from "../columns.js";
import { encodeFrame, type Frame } from "./frame.js";

/** What decoding a frame gave: calls, or why the frame holds none. */
export type DecodedPart =
  | { readonly kind: "part"; readonly part: RoundPart }
  | { readonly kind: "damaged"; readonly reason: string };

const uint16 = z.number().int().min(0).max(65_535);

const headerSchema = z.object({
  type: z.literal("calls"),
  arm: z.string().min(1),
  pair: uint16,
  block: uint16,
  rows: z.number().int().min(0),
  errorCodes: z.array(z.string()).min(1).max(65_536),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
});

type Header = z.infer<typeof headerSchema>;

/**
 * Writes part of a round as one frame.
 *
 * The header is `{type: "calls", arm, pair, block, rows, errorCodes, columns: [{name, type}]}` with the types `f64`, `u32`,
 * `i32`, `u16` and `u8`; the body is the columns in that order, `rows` little-endian elements each, with nothing between.
 * @throws RangeError when a column is not as long as the part says.
 */
export function encodeRoundPart(part: RoundPart): Uint8Array {
  const { columns } = part;
  const header = {
    type: "calls",
    arm: part.arm,
    pair: part.pair,
    block: part.block,
    rows: columns.length,
    errorCodes: part.errorCodes,
    columns: columnNames.map((name) => ({ name, type: columnTypes[name] })),
  };
  const rowBytes = columnNames.reduce((sum, name) => sum + elementBytes(columnTypes[name]), 0);
  const body = new Uint8Array(rowBytes * columns.length);
  let offset = 0;
  for (const name of columnNames) {
    const column = columns[name];
    if (column.length !== columns.length) {
      throw new RangeError(`column ${name} has ${column.length} elements, the part ${columns.length} rows`);
    }
    body.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset);
    offset += column.byteLength;
  }
  return encodeFrame(header, body);
}

/** Reads part of a round from a frame, in whatever order its columns are; anything that does not add up is a reason. */
export function decodeRoundPart(frame: Frame): DecodedPart {
  const parsed = headerSchema.safeParse(frame.header);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return damaged(
      `the header's ${issue?.path.join(".") || "type"} is wrong: ${issue?.message ?? "unknown"}`,
    );
  }
  const header = parsed.data;
  const offsets = columnOffsets(header);
  if (typeof offsets === "string") return damaged(offsets);
  if (offsets.totalBytes !== frame.body.length) {
    return damaged(`the body has ${frame.body.length} bytes, its columns need ${offsets.totalBytes}`);
  }
  const columns = buildColumns(header.rows, (name) =>
    columnFromBytes(name, frame.body, offsets.of.get(name) ?? 0, header.rows),
  );
  if (header.errorCodes[0] !== "") return damaged("error code 0 is not the empty code");
  if (columns.error.some((code) => code >= header.errorCodes.length)) {
    return damaged("a call has an error code that the header does not name");
  }
  if (columns.ok.some((ok) => ok > 1)) return damaged("a call's ok is neither 0 nor 1");
  const { arm, pair, block, errorCodes } = header;
  return { kind: "part", part: { arm, pair, block, errorCodes, columns } };
}

function damaged(reason: string): DecodedPart {
  return { kind: "damaged", reason };
}

/** Where each column starts in the body, or why the list of columns is wrong. */
function columnOffsets(header: Header): { of: Map<ColumnName, number>; totalBytes: number } | string {
  const of = new Map<ColumnName, number>();
  let offset = 0;
  for (const { name, type } of header.columns) {
    const known = columnNames.find((column) => column === name);
    if (known === undefined) return `there is no column ${JSON.stringify(name)}`;
    if (of.has(known)) return `column ${name} is there twice`;
    if (type !== columnTypes[known]) return `column ${name} is ${type} instead of ${columnTypes[known]}`;
    of.set(known, offset);
    offset += header.rows * elementBytes(columnTypes[known]);
  }
  const missing = columnNames.filter((name) => !of.has(name));
  return missing.length > 0 ? `column ${missing.join(", ")} is missing` : { of, totalBytes: offset };
}
