import * as fc from "fast-check";
import { expect, test } from "vitest";
import { anyPart, samplePart } from "../testing/samples.js";
import { encodeFrame, type Frame, FrameReader } from "./frame.js";
import { decodeRoundPart, encodeRoundPart } from "./round-part.js";

function frameOf(bytes: Uint8Array): Frame {
  const [result] = new FrameReader().push(bytes);
  if (result?.kind !== "frame") throw new Error("not a frame");
  return result.frame;
}

const sample = frameOf(encodeRoundPart(samplePart("rest", 1, 2, 5)));
const sampleColumns = sample.header.columns as { name: string; type: string }[];

test("a part comes out as it went in", () => {
  fc.assert(
    fc.property(anyPart, (part) => {
      expect(decodeRoundPart(frameOf(encodeRoundPart(part)))).toEqual({ kind: "part", part });
    }),
  );
});

test("the header says what the format promises", () => {
  expect(sample.header).toMatchObject({ type: "calls", arm: "rest", pair: 1, block: 2, rows: 5 });
  expect(sampleColumns[0]).toEqual({ name: "intendedMs", type: "f64" });
  expect(sample.body.length).toBe(5 * (7 * 8 + 4 * 4 + 2 * 2 + 1));
});

test("columns in another order, unaligned, are read just as well", () => {
  const widths: Record<string, number> = { f64: 8, u32: 4, i32: 4, u16: 2, u8: 1 };
  let at = 0;
  const pieces = sampleColumns.map(({ type }) => {
    const piece = sample.body.subarray(at, at + 5 * (widths[type] ?? 0));
    at += piece.length;
    return piece;
  });
  const header = { ...sample.header, columns: [...sampleColumns].reverse() };
  const decoded = decodeRoundPart(frameOf(encodeFrame(header, Buffer.concat(pieces.reverse()))));
  expect(decoded).toEqual({ kind: "part", part: samplePart("rest", 1, 2, 5) });
});

const okAt = sample.body.length - 5;
const wrong: [string, Frame, RegExp][] = [
  ["another type", { ...sample, header: { ...sample.header, type: "ready" } }, /type/],
  ["no arm", { ...sample, header: { ...sample.header, arm: "" } }, /arm/],
  ["a negative pair", { ...sample, header: { ...sample.header, pair: -1 } }, /pair/],
  ["fewer rows", { ...sample, header: { ...sample.header, rows: 4 } }, /385 bytes, its columns need 308/],
  ["more rows", { ...sample, header: { ...sample.header, rows: 2 ** 52 } }, /columns need/],
  ["half a row", { ...sample, header: { ...sample.header, rows: 4.5 } }, /rows/],
  ["a short body", { ...sample, body: sample.body.subarray(1) }, /384 bytes/],
  [
    "a missing column",
    { ...sample, header: { ...sample.header, columns: sampleColumns.slice(1) } },
    /intendedMs is missing/,
  ],
  [
    "a column twice",
    { ...sample, header: { ...sample.header, columns: [...sampleColumns, sampleColumns[0]] } },
    /twice/,
  ],
  [
    "an unknown column",
    { ...sample, header: { ...sample.header, columns: [{ name: "x", type: "f64" }] } },
    /no column "x"/,
  ],
  [
    "another column type",
    { ...sample, header: { ...sample.header, columns: [{ name: "ok", type: "f64" }] } },
    /ok is f64 instead of u8/,
  ],
  [
    "codes without the empty one",
    { ...sample, header: { ...sample.header, errorCodes: ["a", "b"] } },
    /empty code/,
  ],
  ["too few codes", { ...sample, header: { ...sample.header, errorCodes: [""] } }, /does not name/],
  [
    "ok of 2",
    { ...sample, body: sample.body.map((byte, at) => (at === okAt ? 2 : byte)) },
    /neither 0 nor 1/,
  ],
];

test.each(wrong)("%s is a reason, not a throw", (_name, frame, reason) => {
  const decoded = decodeRoundPart(frame);
  expect(decoded.kind === "damaged" ? decoded.reason : "").toMatch(reason);
});

test("a column that is too short is refused when writing", () => {
  const part = samplePart("rest", 0, 0, 3);
  const broken = { ...part, columns: { ...part.columns, ok: new Uint8Array(2) } };
  expect(() => encodeRoundPart(broken)).toThrow("column ok has 2 elements, the part 3 rows");
});
