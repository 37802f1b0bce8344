import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { appendUntilKilled } from "../testing/appender.js";
import { anyPart, samplePart, temporaryFolder } from "../testing/samples.js";
import { encodeFrame } from "./frame.js";
import { openLog, readLog } from "./log.js";
import { encodeRoundPart } from "./round-part.js";

const parts = [0, 1, 2].map((block) => samplePart("rest", 0, block, 1 + block));
const frames = parts.map(encodeRoundPart);
const ends = frames.map((_, i) => frames.slice(0, i + 1).reduce((sum, frame) => sum + frame.length, 0));

test("parts come out as they were appended, also by another opening of the same log", () => {
  fc.assert(
    fc.property(fc.array(anyPart, { maxLength: 6 }), (random) => {
      const path = join(temporaryFolder(), "calls.log");
      for (const part of random) {
        const log = openLog(path);
        log.append(encodeRoundPart(part));
        log.close();
      }
      closeSync(openSync(path, "a"));
      expect(readLog(path)).toEqual({ parts: random, damage: [] });
    }),
    { numRuns: 30 },
  );
});

test("a log cut off anywhere keeps every whole part and says what is missing", () => {
  const path = join(temporaryFolder(), "calls.log");
  const whole = Buffer.concat(frames);
  writeFileSync(path, whole);
  for (let length = whole.length; length >= 0; length--) {
    truncateSync(path, length);
    const kept = ends.filter((end) => end <= length).length;
    const cutAt = kept === 0 ? 0 : (ends[kept - 1] ?? 0);
    const { parts: read, damage } = readLog(path);
    expect(read.map(({ block }) => block)).toEqual(parts.slice(0, kept).map(({ block }) => block));
    expect(damage).toEqual(
      cutAt === length
        ? []
        : [{ kind: "damaged", offset: cutAt, lengthBytes: length - cutAt, reason: "the frame is cut off" }],
    );
  }
});

test("changed bytes are noticed and cost only the parts that they are in", () => {
  const path = join(temporaryFolder(), "calls.log");
  const whole = Buffer.concat(frames);
  const anyFlip = fc.record({ at: fc.nat(whole.length - 1), bits: fc.integer({ min: 1, max: 255 }) });
  fc.assert(
    fc.property(
      fc.uniqueArray(anyFlip, { minLength: 1, maxLength: 3, selector: ({ at }) => at }),
      (flips) => {
        const changed = Uint8Array.from(whole);
        for (const { at, bits } of flips) changed[at] = (changed[at] ?? 0) ^ bits;
        writeFileSync(path, changed);
        const harmed = new Set(flips.map(({ at }) => ends.findIndex((end) => at < end)));
        const { parts: read, damage } = readLog(path);
        expect(read).toEqual(parts.filter((_, i) => !harmed.has(i)));
        const lost = damage.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
        expect(lost).toBe([...harmed].reduce((sum, i) => sum + (frames[i]?.length ?? 0), 0));
      },
    ),
    { seed: 11, numRuns: 300 },
  );
});

test("a frame of another kind in a log is damage with a place and a length", () => {
  const path = join(temporaryFolder(), "calls.log");
  const foreign = encodeFrame({ type: "ready" });
  writeFileSync(path, Buffer.concat([frames[0] ?? foreign, foreign, frames[1] ?? foreign]));
  const { parts: read, damage } = readLog(path);
  expect(read).toEqual(parts.slice(0, 2));
  expect(damage).toMatchObject([
    { offset: ends[0], lengthBytes: foreign.length, reason: expect.stringMatching(/type/) },
  ]);
});

test("a disk that takes a frame in small pieces gets all of it", () => {
  const path = join(temporaryFolder(), "calls.log");
  const log = openLog(path, (fileDescriptor, bytes) => writeSync(fileDescriptor, bytes.subarray(0, 7)));
  for (const frame of frames) log.append(frame);
  log.close();
  expect(Buffer.compare(readFileSync(path), Buffer.concat(frames))).toBe(0);
});

test("what comes after a torn write is found again", () => {
  const path = join(temporaryFolder(), "calls.log");
  for (const bytes of [frames[0], frames[1]?.subarray(0, 50), frames[2]]) appendFileSync(path, bytes ?? "");
  const { parts: read, damage } = readLog(path);
  expect(read.map(({ block }) => block)).toEqual([0, 2]);
  expect(damage).toMatchObject([{ offset: ends[0], lengthBytes: 50 }]);
});

test("kill -9 of a process that appends loses nothing that it had appended", async () => {
  const path = join(temporaryFolder(), "calls.log");
  const appended = await appendUntilKilled(path, 25);
  const { parts: read } = readLog(path);
  expect(read.length).toBeGreaterThanOrEqual(appended);
  expect(read.map(({ block }) => block)).toEqual(read.map((_, block) => block));
  for (const { block, columns } of read) {
    expect(columns.length).toBe(50);
    expect([...columns.startMs]).toEqual(Array(50).fill(block + 0.25));
  }
});
