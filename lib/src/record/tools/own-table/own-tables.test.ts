import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WirelabError } from "../../../errors.js";
import type { Calls, RoundPart } from "../../calls.js";
import { callsFromParts } from "../../calls-table.js";
import { withDuckDb } from "../../parquet/duckdb.js";
import { parquetColumns } from "../../parquet/parquet-columns.js";
import { readParquet } from "../../parquet/parquet-read.js";
import { type Collected, collectCalls } from "../collect.js";
import { ToolFile } from "../reading/tool-file.js";
import { sliced, sliceMsOf } from "../slices.js";
import { type ColumnMap, parseColumnMap } from "./column-map.js";
import { ownCalls } from "./own-calls.js";
import { readOwnTables } from "./own-tables.js";

let folder = "";
// DuckDB takes what it reads for a pattern.
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wirelab-own[1]-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = { all: null, of: new Map<string, string>() };

interface Read {
  readonly files: readonly Collected[];
  readonly calls: Calls;
}

async function slowly(paths: readonly string[], map: ColumnMap): Promise<Read | null> {
  const parts: RoundPart[] = [];
  const files: Collected[] = [];
  try {
    for (const [pair, path] of paths.entries()) {
      const file = await ToolFile.open(path);
      files.push(await collectCalls(file, ownCalls(map), { pair, names, keep: (part) => parts.push(part) }));
    }
  } catch (error) {
    expect(error).toBeInstanceOf(WirelabError);
    return null;
  }
  const calls = callsFromParts([...sliced(parts, files, sliceMsOf(files))], { warmFromBlock: [] });
  return { files, calls };
}

async function fast(paths: readonly string[], map: ColumnMap): Promise<Read | null> {
  const tables = await readOwnTables(paths, { map, names, folder, onRead: () => {} }).catch((error) => {
    expect(error).toBeInstanceOf(WirelabError);
    return null;
  });
  if (tables === null) return null;
  const path = join(folder, "calls.parquet");
  await tables.write(path);
  return { files: tables.files, calls: await readParquet(path) };
}

/** Every number of a run, arm by arm: in which order arms take turns in the file is nobody's number. */
function contents({ files, calls }: Read) {
  const rows = Array.from({ length: calls.length }, (_, row) =>
    parquetColumns.map(({ name }) => {
      if (name === "arm") return calls.armNames[calls.arm[row] as number];
      return name === "error" ? calls.errorCodes[calls.error[row] as number] : calls[name][row];
    }),
  );
  const place = ([arm, pair, block, index]: (typeof rows)[number]) => `${arm} ${pair} ${block} ${index}`;
  return {
    files: files.map(({ file, format, ...facts }) => ({ ...facts, sha256: file.sha256 })),
    rows: rows.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)),
  };
}

async function expectBoth(paths: readonly string[], map: string): Promise<Read> {
  const asked = parseColumnMap(map);
  const [one, other] = [await slowly(paths, asked), await fast(paths, asked)];
  if (one === null || other === null) throw new Error("one of them does not read it");
  expect(contents(other)).toEqual(contents(one));
  return other;
}

let written = 0;
function file(content: string | Buffer): string {
  const path = join(folder, `table-${written++}.csv`);
  writeFileSync(path, content);
  return path;
}

const all = "start=when,ms=took,arm=who,status=code,error=why,bytes=size";
const header = "when,took,who,code,why,size";

test.each([
  ["ordinary", `${header}\n1795317306.5,12.5,a,200,,10\n1795317307,7.25,b,503,,\n`],
  ["of Windows", `${header}\r\n1795317306.5,12.5,a,200,,10\r\n1795317307,7.25,b,503,"no\r\nline",\r\n`],
  ["with a byte order mark", `\ufeff${header}\n1795317306.5,12.5,a,200,,10\n`],
  ["without an end", `${header}\n1795317306.5,12.5,a,200,,10\n1795317307,7.25,b,503,,`],
  ["with quotes", `"when",took , "who",code,why,size\n1,12.5,"a, ""b""",200,,10\n`.replace(' "who"', "who")],
  ["with empty rows", `${header}\n\n1,12.5,a,200,,10\n\n\n2,12.5,a,200,,10\n`],
  ["of floating point", `${header}\n1.50,1e-05,a,200,,1.0\n2.25,2.5E+1,a,200,,1\n`],
  [
    "with dates",
    `${header}\n2026-11-22T03:00:00.123456Z,1,a,0,,\n2026-11-22 04:00:01.5+01:00,1,a,0,,\n2026-11-21T23:30:02-03:30,1,a,0,,\n`,
  ],
  ["with dates and numbers", `${header}\n2026-11-22T03:00:00Z,1,a,0,,\n1795317306.25,1,a,0,,\n`],
  ["with a failed call that has no duration", `${header}\n1,,a,,gone away,\n2,3,a,200,,\n`],
  ["of other letters", `${header}\n1,2,größe ✓,200,,\n2,3,__proto__,500,,\n`],
])("a file %s gives the same calls by both ways", async (_, content) => {
  await expectBoth([file(content)], all);
  await expectBoth([file(gzipSync(content))], all.replace("start", "end"));
});

test("so do several files, and files without times", async () => {
  const one = file("ms,who\n1,a\n2,b\n3,a\n");
  await expectBoth([one, file("ms,who\n4,b\n5,c\n")], "us=ms,arm=who");
  await expectBoth([file(Buffer.concat([gzipSync("ms\n1\n"), gzipSync("2\n")]))], "s=ms");
});

test("so do more rows than one stretch, in their order, and a Parquet file", async () => {
  const rows = Array.from(
    { length: 30_000 },
    (_, i) => `${(1795317306 + i / 1000).toFixed(4)},${(1 + (i % 97) / 8).toFixed(3)},${i % 3},200,,${i}`,
  );
  const { calls } = await expectBoth([file(`${header}\n${rows.join("\n")}\n`)], all);
  expect(calls.length).toBe(30_000);
  const path = join(folder, "own.parquet");
  await withDuckDb((connection) =>
    connection.run(
      `COPY (SELECT make_timestamp(1795317306000000 + i * 1000) AS t, i / 400000 AS took, 'x' || (i % 2) AS who FROM range(5000) r(i)) TO '${path}' (FORMAT parquet)`,
    ),
  );
  await expectBoth([path], "start=t,ms=took,arm=who");
});

test.each([false, true])(
  "a reading that is given up ends, and one of bytes that are no text says so (packed: %s)",
  async (isPacked) => {
    const text = Buffer.from(`${header}\n${"1,2.5,a,200,,10\n".repeat(200_000)}`);
    const pack = (bytes: Buffer) => (isPacked ? gzipSync(bytes, { level: 1 }) : bytes);
    const map = parseColumnMap(all);
    const stop = () => {
      throw new WirelabError("interrupted", "stopped");
    };
    const stopped = readOwnTables([file(pack(text))], { map, names, folder, onRead: stop });
    await expect(stopped).rejects.toMatchObject({ code: "interrupted" });
    const damaged = file(pack(Buffer.concat([text, Buffer.from([0xff, 0xfe, 10])])));
    const reading = readOwnTables([damaged], { map, names, folder, onRead: () => {} });
    await expect(reading).rejects.toMatchObject({ message: expect.stringContaining("no utf-8 text") });
  },
);

const cell = fc.oneof(
  {
    arbitrary: fc.constantFrom("1", "2.5", "0", "200", "3.250", "1795317306.5", "2026-11-22T03:00:00.5Z"),
    weight: 12,
  },
  fc.constantFrom(
    "",
    "-1",
    "1e3",
    "1e999",
    "-0",
    ".5",
    "5.",
    "+1",
    " 1",
    "1 ",
    "0x10",
    "1_000",
    "NaN",
    "inf",
    "NULL",
    "#1",
  ),
  fc.constantFrom(
    '"1"',
    '"a""b"',
    'a"b',
    ' "1"',
    '"1" ',
    '"1\n"',
    "1\r",
    "\u001f",
    "\u0000",
    "2026-02-30T00:00:00Z",
  ),
  fc.constantFrom(
    "2026-11-22T03:00:00+0530",
    "2026-11-22T24:00:00Z",
    "0000-01-01T00:00:00Z",
    "é",
    "\u2028",
    ",",
  ),
);

test("whatever a file holds, the fast way reads what the slow one reads, or leaves it to that", async () => {
  const map = parseColumnMap("start=a,ms=b,status=c,arm=d");
  const good = fc.constantFrom("1,2.5,200,x", "2,3,503,y", "2026-11-22T03:00:00Z,0.125,200,x", '3,4,,"x"');
  const row = fc.oneof(
    { arbitrary: good, weight: 3 },
    fc.tuple(cell, cell, cell, cell).map((cells) => cells.join(",")),
  );
  const table = fc.record({
    header: fc.constantFrom("a,b,c,d", '"a",b,c , d', "\ufeffa,b,c,d", "a,b,c,d,e", "a,b,c,c"),
    rows: fc.array(row, { maxLength: 4 }),
    newline: fc.constantFrom("\n", "\r\n"),
    isEnded: fc.boolean(),
  });
  let both = 0;
  await fc.assert(
    fc.asyncProperty(table, async ({ header, rows, newline, isEnded }) => {
      const path = file([header, ...rows].join(newline) + (isEnded ? newline : ""));
      const other = await fast([path], map);
      if (other === null) return;
      both++;
      const one = await slowly([path], map);
      if (one === null) throw new Error("only the fast one reads it");
      expect(contents(other)).toEqual(contents(one));
    }),
    { numRuns: 60 },
  );
  expect(both).toBeGreaterThan(5);
});
