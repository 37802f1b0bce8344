import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pythonFolder } from "../../hosts/python/places.js";
import { findPythonForTests } from "../../hosts/testing/python.js";
import { FrameReader } from "../../record/log/frame.js";
import { decodeRoundPart } from "../../record/log/round-part.js";

const python = await findPythonForTests();

/** Records the rounds that it reads, one a line, each a list of rows. */
const recordRounds = `
import json, sys
from calling.answer import Answer
from calling.recorder import Place, Recorder
for line in sys.stdin:
    recorder = Recorder(Place("größe", 3, 65535), origin_ns=-1_000_000, send=sys.stdout.buffer.write)
    for index, row in enumerate(json.loads(line)):
        answer = Answer(*row["answer"])
        recorder.record(answer, index=index, **row["times"], calls=row["calls"])
    recorder.flush()
`;

const integer = (most: number, least = 0) => fc.integer({ min: least, max: most });
const row = fc.record({
  // ok, error, status, output, bytes each way, and ms in the server
  answer: fc.tuple(
    fc.boolean(),
    fc.constantFrom("", "TIMEOUT", "HTTP_500", "naïve"),
    integer(2 ** 31 - 1, -(2 ** 31)),
    fc.constant(null),
    integer(2 ** 40),
    integer(2 ** 40),
    fc.double({ min: 0, noDefaultInfinity: true, noNaN: true }),
  ),
  times: fc.record({ started_ns: integer(2 ** 52), ended_ns: integer(2 ** 52) }),
  calls: integer(2 ** 32 - 1, 1),
});

describe.skipIf(python === null)("Python's recorder", () => {
  it("writes columns that are read as what was recorded, whatever it is", () => {
    const rounds = fc.sample(fc.array(row, { minLength: 1, maxLength: 40 }), { numRuns: 100, seed: 1 });
    const { stdout, stderr } = spawnSync(python ?? "", ["-c", recordRounds], {
      cwd: pythonFolder,
      input: rounds.map((rows) => `${JSON.stringify(rows)}\n`).join(""),
      maxBuffer: 2 ** 28,
    });
    expect(stderr.toString()).toBe("");
    const reader = new FrameReader();
    const read = [...reader.push(stdout), ...reader.end()].map((result) => {
      if (result.kind === "damaged") throw new Error(result.reason);
      const decoded = decodeRoundPart(result.frame);
      if (decoded.kind === "damaged") throw new Error(decoded.reason);
      return decoded.part;
    });
    // Times of a round that lie further apart than a flush make it several parts.
    expect(read.every(({ arm, pair, block }) => arm === "größe" && pair === 3 && block === 65_535)).toBe(
      true,
    );
    const rows = read.flatMap(({ columns, errorCodes }) =>
      Array.from({ length: columns.length }, (_, at) => ({
        index: columns.index[at],
        start: columns.startMs[at],
        intended: columns.intendedMs[at],
        duration: columns.durationMs[at],
        rest: [columns.ok[at], errorCodes[columns.error[at] as number], columns.status[at]],
        bytes: [columns.bytesSent[at], columns.bytesReceived[at]],
        of: [columns.serverMs[at], columns.calls[at]],
        unknown: [columns.firstByteMs[at], columns.connectionId[at], columns.caller[at]],
      })),
    );
    const recorded = rounds.flatMap((round) =>
      round.map(({ answer: [ok, error, status, , sent, received, serverMs], times, calls }, index) => ({
        index,
        start: (times.started_ns + 1e6) / 1e6,
        intended: (times.started_ns + 1e6) / 1e6,
        duration: (times.ended_ns - times.started_ns) / 1e6 / calls,
        rest: [ok ? 1 : 0, error, status],
        bytes: [sent, received],
        of: [serverMs, calls],
        unknown: [Number.NaN, -1, 0],
      })),
    );
    expect(rows).toEqual(recorded);
  });
});
