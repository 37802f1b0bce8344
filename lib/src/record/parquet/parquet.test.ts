import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { RoundPart } from "../calls.js";
import { callsFromParts } from "../calls-table.js";
import { anyPart, rowsOf, samplePart, temporaryFolder } from "../testing/samples.js";
import { withDuckDb } from "./duckdb.js";
import { countParquetRows, readParquet } from "./parquet-read.js";
import { writeParquet } from "./parquet-write.js";

async function through(path: string, parts: readonly RoundPart[], warmFromBlock: readonly number[]) {
  const rows = await writeParquet(path, () => parts, { warmFromBlock });
  expect(await countParquetRows(path)).toBe(rows);
  return readParquet(path);
}

async function query(path: string, sql: string): Promise<unknown[][]> {
  return withDuckDb(async (connection) => {
    const reader = await connection.runAndReadAll(sql.replace("FILE", `'${path.replaceAll("'", "''")}'`));
    return reader.getRowsJson();
  });
}

test("random calls with nulls and odd names come back row for row", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyPart, { maxLength: 5 }),
      fc.array(fc.nat(9)),
      async (parts, warmFromBlock) => {
        const calls = await through(join(temporaryFolder(), "calls.parquet"), parts, warmFromBlock);
        expect(rowsOf(calls)).toEqual(rowsOf(callsFromParts(parts, { warmFromBlock })));
      },
    ),
    { numRuns: 25 },
  );
});

test("the whole table is the same where every error code occurs, names in order of appearance", async () => {
  const parts = [samplePart("z", 0, 0, 12), samplePart("a", 0, 1, 12), samplePart("z", 1, 0, 5000)];
  const calls = await through(join(temporaryFolder(), "calls.parquet"), parts, [1, 0]);
  expect(calls).toEqual(callsFromParts(parts, { warmFromBlock: [1, 0] }));
  expect(calls.armNames).toEqual(["z", "a"]);
  expect([...calls.warmup.subarray(0, 24)]).toEqual([...Array(12).fill(1), ...Array(12).fill(0)]);
});

test("other programs see the names, units and real NULLs of a call record", async () => {
  const path = join(temporaryFolder(), "calls.parquet");
  await writeParquet(path, () => [samplePart("it's <b>", 0, 0, 4)], { warmFromBlock: [1] });
  const columns = await query(
    path,
    "SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM FILE)",
  );
  expect(columns.flat()).toEqual([
    "arm VARCHAR",
    "pair USMALLINT",
    "block USMALLINT",
    "index UINTEGER",
    "caller USMALLINT",
    "intendedMs DOUBLE",
    "startMs DOUBLE",
    "durationMs DOUBLE",
    "firstByteMs DOUBLE",
    "serverMs DOUBLE",
    "calls UINTEGER",
    "ok BOOLEAN",
    "status INTEGER",
    "error VARCHAR",
    "bytesSent DOUBLE",
    "bytesReceived DOUBLE",
    "connectionId INTEGER",
    "warmup BOOLEAN",
  ]);
  const rows = await query(
    path,
    'SELECT arm, "index", firstByteMs, ok, status, error, bytesReceived, connectionId, warmup FROM FILE WHERE "index" > 1',
  );
  expect(rows).toEqual([
    ["it's <b>", 2, null, true, 200, null, 12, 0, true],
    ["it's <b>", 3, null, false, null, "ECONNRESET", null, null, true],
  ]);
});

test("no calls are a table without rows", async () => {
  const calls = await through(join(temporaryFolder(), "calls.parquet"), [], []);
  expect(calls).toEqual(callsFromParts([], { warmFromBlock: [] }));
});

test("a path may look like a pattern or like SQL", async () => {
  const folder = temporaryFolder();
  await writeParquet(join(folder, "ab.parquet"), () => [samplePart("other", 0, 0, 9)], { warmFromBlock: [] });
  const calls = await through(join(folder, "a*'[b]?.parquet"), [samplePart("rest", 0, 0, 2)], []);
  expect(calls.armNames).toEqual(["rest"]);
  expect(calls.length).toBe(2);
});

test.each([
  ["serverMs", null],
  ["durationMs", /durationMs/],
])("a file without the column %s is read only if an earlier version had none", async (column, error) => {
  const [whole, older] = ["whole", "older"].map((name) => join(temporaryFolder(), `${name}.parquet`)) as [
    string,
    string,
  ];
  const parts = [samplePart("rest", 0, 0, 5)];
  await writeParquet(whole, () => parts, { warmFromBlock: [0] });
  await query(whole, `COPY (SELECT * EXCLUDE (${column}) FROM FILE) TO '${older}' (FORMAT parquet)`);
  if (error !== null) return expect(readParquet(older)).rejects.toThrow(error);
  const { serverMs, ...others } = await readParquet(older);
  expect([...serverMs]).toEqual(Array(5).fill(Number.NaN));
  const { serverMs: _, ...expected } = callsFromParts(parts, { warmFromBlock: [0] });
  expect(others).toEqual(expected);
});

test("a file that cannot be written or read is an error", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "no such folder", "calls.parquet");
  await expect(
    writeParquet(path, () => [samplePart("rest", 0, 0, 2)], { warmFromBlock: [] }),
  ).rejects.toThrow();
  writeFileSync(join(folder, "text.parquet"), "this is no Parquet file");
  await expect(readParquet(join(folder, "text.parquet"))).rejects.toThrow();
});
