import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { onTestFinished } from "vitest";
import type { Calls, RoundPart } from "../calls.js";
import { buildColumns, type Column, type ColumnName, columnTypes, newColumn } from "../columns.js";
import type { RunInfo } from "../run-info.js";

const elements = {
  f64: fc.double(),
  u32: fc.nat(0xffff_ffff),
  i32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  u16: fc.nat(65_535),
  u8: fc.nat(1),
};

/** Any text that a name or an error code may be: quotes, paths, markup, zero bytes, not only letters. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ minLength: 1, unit: "grapheme" }),
  fc.constantFrom(
    "it's",
    '"quoted"',
    "../../etc/passwd",
    "<b>&amp;</b>",
    "a\u0000b",
    "'; DROP TABLE calls;--",
    "%s",
  ),
);

/** A random part of a round; `NaN` and -1 are among the values. */
export const anyPart: fc.Arbitrary<RoundPart> = fc
  .tuple(anyText, fc.nat(3), fc.nat(9), fc.uniqueArray(anyText, { maxLength: 4 }), fc.nat(20))
  .chain(([arm, pair, block, codes, rows]) => {
    const errorCodes = ["", ...codes];
    const column = (name: ColumnName): fc.Arbitrary<number[]> =>
      fc.array(name === "error" ? fc.nat(codes.length) : elements[columnTypes[name]], {
        minLength: rows,
        maxLength: rows,
      });
    const names = Object.keys(columnTypes) as ColumnName[];
    return fc.tuple(...names.map(column)).map((values) => {
      const columns = buildColumns(rows, <N extends ColumnName>(name: N): Column<N> => {
        const array = newColumn(name, rows);
        array.set(values[names.indexOf(name)] ?? []);
        return array;
      });
      return { arm, pair, block, errorCodes, columns };
    });
  });

/** A part of `rows` calls whose values differ from call to call; the call numbers go on from `from`. */
export function samplePart(arm: string, pair: number, block: number, rows: number, from = 0): RoundPart {
  const number = (row: number) => from + row;
  const columns = buildColumns(rows, (name) => newColumn(name, rows));
  for (let row = 0; row < rows; row++) {
    const failed = number(row) % 7 === 3;
    columns.index[row] = number(row);
    columns.caller[row] = number(row) % 3;
    columns.intendedMs[row] = number(row) * 2;
    columns.startMs[row] = number(row) * 2 + 0.25;
    columns.durationMs[row] = 0.1 + (number(row) % 13) / 100;
    columns.firstByteMs[row] = Number.NaN;
    columns.serverMs[row] = failed ? Number.NaN : 0.05;
    columns.calls[row] = 1;
    columns.ok[row] = failed ? 0 : 1;
    columns.status[row] = failed ? -1 : 200;
    columns.error[row] = failed ? 1 : 0;
    columns.bytesSent[row] = 11;
    columns.bytesReceived[row] = failed ? Number.NaN : 12;
    columns.connectionId[row] = failed ? -1 : 0;
  }
  return { arm, pair, block, errorCodes: ["", "ECONNRESET"], columns };
}

/** A `run.json` of two arms that is whole; `changes` replace what a test is about. */
export function sampleInfo(changes: Partial<RunInfo> = {}): RunInfo {
  const arm = {
    arm: "rest",
    protocol: "rest",
    client: "undici",
    server: 0,
    plantedDelayUs: 0,
    callers: 1,
  } as const;
  return {
    format: 1,
    name: "increment",
    work: "increment",
    startedAt: "2026-11-21T03:42:00.123Z",
    finishedAt: null,
    status: "running",
    reason: null,
    environment: {
      cpu: "a processor",
      cores: 2,
      memoryBytes: 1e9,
      os: "Linux",
      node: "v20.20.2",
      v8: "11.3",
      packages: { express: "5.3.0" },
      python: null,
      gitCommit: null,
      gitDirty: null,
    },
    seed: 7,
    host: "child",
    arms: [
      { ...arm, name: "rest", notMeasured: {} },
      { ...arm, name: "grpc-stream", notMeasured: { status: "a stream has no trailer per message" } },
    ],
    pairs: 2,
    blocks: 2,
    warmupBlocks: 1,
    primeCalls: 0,
    callsPerRound: 10,
    timeoutMs: 1000,
    link: null,
    servers: [],
    tls: false,
    imported: null,
    input: null,
    size: null,
    predictions: [],
    foretold: [],
    processors: null,
    order: [[["rest", "grpc-stream"]]],
    warmFromBlock: [],
    warnings: [],
    leftOut: [],
    usageMissing: null,
    load: null,
    clients: 1,
    pauseMs: 0,
    stopAfter: {},
    counted: [],
    loadRounds: [],
    usage: [],
    wire: [],
    instants: [],
    ...changes,
  };
}

/** A folder of the test's own that is gone after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "wirelab-record-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Calls as comparable rows, with names instead of indices into lists. */
export function rowsOf(calls: Calls): Record<string, unknown>[] {
  return Array.from({ length: calls.length }, (_, row) => ({
    arm: calls.armNames[calls.arm[row] ?? -1],
    pair: calls.pair[row],
    block: calls.block[row],
    index: calls.index[row],
    caller: calls.caller[row],
    intendedMs: calls.intendedMs[row],
    startMs: calls.startMs[row],
    durationMs: calls.durationMs[row],
    firstByteMs: calls.firstByteMs[row],
    serverMs: calls.serverMs[row],
    calls: calls.calls[row],
    ok: calls.ok[row],
    status: calls.status[row],
    error: calls.errorCodes[calls.error[row] ?? -1],
    bytesSent: calls.bytesSent[row],
    bytesReceived: calls.bytesReceived[row],
    connectionId: calls.connectionId[row],
    warmup: calls.warmup[row],
  }));
}
