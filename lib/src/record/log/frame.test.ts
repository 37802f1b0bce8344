import * as fc from "fast-check";
import { expect, test } from "vitest";
import { encodeFrame, FrameReader, type FrameResult, maxHeaderBytes } from "./frame.js";

const anyFrame = fc.record({
  header: fc.dictionary(fc.string(), fc.jsonValue()),
  body: fc.uint8Array({ maxLength: 300 }),
});

function readAll(...chunks: Uint8Array[]): FrameResult[] {
  const reader = new FrameReader();
  return [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.end()];
}

function wholeFrames(results: FrameResult[]) {
  return results.flatMap((result) => (result.kind === "frame" ? [result.frame] : []));
}

test("a frame is laid out as documented, byte for byte", () => {
  const frame = encodeFrame({ a: 1 }, Uint8Array.of(9, 8));
  const python = "89574c31" + "07000000" + "02000000" + "7b2261223a317d" + "0908" + "7a383f68";
  expect(Buffer.from(frame).toString("hex")).toBe(python);
});

test("frames come out as they went in, however the stream is cut into pieces", () => {
  fc.assert(
    fc.property(
      fc.array(anyFrame, { maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 90 })),
      (frames, cuts) => {
        const stream = Buffer.concat(frames.map(({ header, body }) => encodeFrame(header, body)));
        const chunks: Uint8Array[] = [];
        let at = 0;
        for (const cut of cuts) {
          chunks.push(stream.subarray(at, at + cut));
          at += cut;
        }
        const results = readAll(...chunks, stream.subarray(at));
        const expected = frames.map(({ header, body }) => ({
          header: JSON.parse(JSON.stringify(header)),
          body,
        }));
        expect(wholeFrames(results)).toEqual(expected);
        expect(results).toHaveLength(frames.length);
      },
    ),
  );
});

test("a changed byte is noticed, never throws, and costs no other frame", () => {
  const frames = [1, 2, 3].map((n) => encodeFrame({ n }, new Uint8Array(40).fill(n)));
  const stream = Buffer.concat(frames);
  for (let at = 0; at < stream.length; at++) {
    for (const flip of [1, 0x80, 0xff]) {
      const changed = Uint8Array.from(stream);
      changed[at] = (changed[at] ?? 0) ^ flip;
      const results = readAll(changed);
      const harmed = Math.floor(at / (frames[0]?.length ?? 1)) + 1;
      expect(wholeFrames(results).map(({ header }) => header.n)).toEqual(
        [1, 2, 3].filter((n) => n !== harmed),
      );
      expect(results.filter(({ kind }) => kind === "damaged")).toHaveLength(1);
    }
  }
});

test("frames and damage together account for every byte of any stream", () => {
  const anyPiece = fc.oneof(
    anyFrame.map(({ header, body }) => encodeFrame(header, body)),
    fc.uint8Array({ maxLength: 40 }),
    fc.constant(Uint8Array.of(0x89, 0x57, 0x4c, 0x31)),
  );
  fc.assert(
    fc.property(fc.array(anyPiece), fc.nat(60), (pieces, size) => {
      const stream = Buffer.concat(pieces);
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < stream.length; at += size + 1) chunks.push(stream.subarray(at, at + size + 1));
      let end = 0;
      for (const result of readAll(...chunks)) {
        expect(result.offset).toBe(end);
        end += result.lengthBytes;
      }
      expect(end).toBe(stream.length);
    }),
  );
});

test("text on the stream is reported at once and the frame behind it is read", () => {
  const reader = new FrameReader();
  const [first] = reader.push(Buffer.from("Traceback (most recent call last)\n"));
  expect(first).toMatchObject({ kind: "damaged", offset: 0, reason: "these bytes are not a frame" });
  expect(reader.push(encodeFrame({ type: "ready" }))).toMatchObject([
    { kind: "frame", frame: { header: { type: "ready" } } },
  ]);
});

test("a cut-off frame says so, with its place", () => {
  const whole = encodeFrame({ n: 1 });
  const results = readAll(whole, encodeFrame({ n: 2 }).subarray(0, 9));
  expect(results[1]).toEqual({
    kind: "damaged",
    offset: whole.length,
    lengthBytes: 9,
    reason: "the frame is cut off",
  });
});

test("a long frame in many pieces is read whole", () => {
  const body = new Uint8Array(3_000_000).map((_, i) => i % 251);
  const frame = encodeFrame({ n: 1 }, body);
  const reader = new FrameReader();
  const results: FrameResult[] = [];
  for (let at = 0; at < frame.length; at += 10_007)
    results.push(...reader.push(frame.subarray(at, at + 10_007)));
  expect(Buffer.compare(wholeFrames(results)[0]?.body ?? new Uint8Array(0), body)).toBe(0);
});

test("a header beyond the limit is refused when writing and not waited for when reading", () => {
  expect(() => encodeFrame({ text: "x".repeat(maxHeaderBytes) })).toThrow(RangeError);
  const huge = Uint8Array.of(0x89, 0x57, 0x4c, 0x31, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);
  expect(new FrameReader().push(huge)).toMatchObject([{ kind: "damaged", lengthBytes: 12 }]);
});

test("a header that is no JSON object is damage, also with a right checksum", () => {
  const results = readAll(encodeFrame([1, 2]));
  expect(results).toMatchObject([{ kind: "damaged", reason: "the frame's header is not a JSON object" }]);
});
