import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as zlib from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withDuckDb } from "../parquet/duckdb.js";
import { readCalls } from "./import.js";
import { parseColumnMap } from "./own-table/column-map.js";
import { readNumbers } from "./read-table.js";
import { fixture } from "./testing/fixture.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wirelab-tools-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let written = 0;
function file(content: string | Buffer, name = `file-${written++}`): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const locust = "timestamp,request_type,name,response_time_ms,response_length,status_code,exception\r\n";
const point = (change: object) =>
  `${JSON.stringify({ type: "Point", metric: "http_req_duration", data: { time: "2026-11-22T03:16:09.825Z", value: 1, tags: {}, ...change } })}\n`;

test.each([
  ["empty", "", "is empty"],
  ["blank", " \n\n", "is empty"],
  ["of no kind", "hello\nthere\n", 'begins with "hello"'],
  ["a JSON of no kind", '{"a": 1}', "which no known kind of file does"],
  ["not UTF-8", Buffer.concat([Buffer.from(locust), Buffer.from([0xff, 0xfe, 0x80, 10])]), "no utf-8 text"],
  ["a header alone", locust, "holds no calls"],
  [
    "a word for a number",
    `${locust}1795317306.7,GET,/,fast,0,200,\r\n`,
    'line 2, column response_time_ms: "fast" is no number',
  ],
  [
    "a time below zero",
    `${locust}1795317306.7,GET,/,-4,0,200,\r\n`,
    "line 2, column response_time_ms: a call cannot have taken -4 ms",
  ],
  ["an infinite time", `${locust}1795317306.7,GET,/,1e999,0,200,\r\n`, "line 2, column response_time_ms"],
  ["ms for s", `${locust}1795317306000,GET,/,4,0,200,\r\n`, "line 2, column timestamp"],
  ["a row too short", `${locust}1795317306.7,GET\r\n1,2\r\n`, "line 2: the row has 2 cells and the header 7"],
  [
    "a column less",
    "timestamp,request_type,name,response_time_ms,response_length,status_code,exceptions\n",
    'no column "exception"',
  ],
  ["a point without a value", point({ value: "x" }), "line 1, column data.value"],
  ["a point at no time", point({ time: "yesterday" }), 'line 1, column data.time: "yesterday" is no date'],
  [
    "half a point in the middle",
    `${point({})}{"type":"Point"\n${point({})}`,
    "line 2: it is no whole JSON object",
  ],
  ["an endless line", `${point({})}${"x".repeat(6_000_000)}`, "longer than 5 MB"],
  ["ghz without calls", '{"endReason":"normal","details":[]}', "holds no calls"],
  ["ghz with text for a call", '{"endReason":"normal","details":["x"]}', "details holds what is no object"],
  ["ghz with half a call", '{"endReason":"normal","details":[{"latency":1}]}', "call 1 of details"],
  ["two objects", '{"endReason":"normal","details":[]} {', "not one JSON object"],
  ["a bracket too many", '{"endReason":"normal"}}', "closes a bracket"],
  ["h2load with blanks", "1795317318823716\t200\t11\n1795317318823716 200 11\n1\n", "line 2"],
])("a file that is %s is a sentence with its place", async (_, content, sentence) => {
  const path = file(content);
  const failed = readCalls([path]);
  await expect(failed).rejects.toMatchObject({
    name: "WirelabError",
    code: "usage",
    message: expect.stringContaining(sentence),
  });
  await expect(failed).rejects.toMatchObject({ message: expect.stringContaining(path) });
});

test.each([
  ["at a cell's end", (text: string) => text.slice(0, text.lastIndexOf(",")), "in the middle of line 4"],
  ["within a number", (text: string) => text.slice(0, text.lastIndexOf(",") - 1), "in the middle of line 4"],
  [
    "within a quoted cell",
    (text: string) => text.slice(0, text.lastIndexOf("Aggregated") + 3),
    "within a quoted cell",
  ],
])(
  "a table of Locust 1, whose last row has no end, is told from one that is cut off %s",
  async (_, cut, where) => {
    const text = readFileSync(fixture("second/locust-1.0_stats.csv"), "utf8");
    const { numbers, notes } = await readNumbers(file(cut(text)));
    expect(new Set(numbers.map(({ arm }) => arm))).toEqual(new Set(["POST /add", "POST /increment"]));
    expect(notes[0]).toBe(`The file is cut off ${where}.`);
  },
);

test("a folder, and nothing, are told from a file", async () => {
  await expect(readCalls([folder])).rejects.toMatchObject({
    code: "usage",
    message: `${folder} is no file.`,
  });
  await expect(readCalls([join(folder, "none")])).rejects.toMatchObject({ code: "usage" });
});

test("a small file that unpacks without end is refused before it fills anything", async () => {
  const lines = Buffer.from(`${" ".repeat(999_999)}\n`);
  const packer = zlib.createGzip({ level: 9 });
  const parts: Buffer[] = [];
  packer.on("data", (part: Buffer) => parts.push(part));
  packer.write(point({}));
  for (let i = 0; i < 130; i++) packer.write(lines);
  packer.end();
  await new Promise((resolve) => packer.on("end", resolve));
  await expect(readCalls([file(Buffer.concat(parts))])).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining("200 times as large"),
  });
});

test("a gzip that is damaged inside is no cut-off one", async () => {
  const bytes = Buffer.from(readFileSync(fixture("k6.json.gz")));
  // Its checksum.
  bytes[bytes.length - 8] = (bytes[bytes.length - 8] as number) ^ 1;
  await expect(readCalls([file(bytes)])).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining("cannot be read"),
  });
});

test("a gzip of which only the head is there is cut off, not empty", async () => {
  await expect(readCalls([file(readFileSync(fixture("k6.json.gz")).subarray(0, 15))])).rejects.toMatchObject({
    message: expect.stringContaining("before anything of it can be read"),
  });
});

test("zstd is unpacked where Node can, and else a sentence", async () => {
  const make: unknown = Reflect.get(zlib, "zstdCompressSync");
  const packed =
    typeof make === "function"
      ? (make(readFileSync(fixture("h2load.log"))) as Buffer)
      : Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]);
  const reading = readCalls([file(packed)]);
  if (typeof make === "function") expect((await (await reading).calls()).length).toBe(400);
  else
    await expect(reading).rejects.toMatchObject({ code: "usage", message: expect.stringContaining("22.15") });
});

test("what PowerShell wrote of a tool's output is read", async () => {
  const text = readFileSync(fixture("hey.txt"), "utf8");
  const { numbers } = await readNumbers(
    file(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")])),
  );
  expect(numbers).toContainEqual(expect.objectContaining({ metric: "successes", value: 400 }));
});

test("hostile names become text: no control characters, no prototype, no end", async () => {
  const names = [
    "__proto__",
    "constructor",
    "a\\u001b[2Jb",
    "x".repeat(5000),
    "<img src=x onerror=alert(1)>",
    "../../etc",
    "\\ud800",
  ];
  const lines = names.map((name) =>
    point({ tags: { name: JSON.parse(`"${name}"`), method: "GET", status: "200" } }),
  );
  const run = await readCalls([file(lines.join(""))]);
  expect(run.info.arms.map(({ name }) => name.slice(0, 40))).toEqual([
    "GET __proto__",
    "GET constructor",
    "GET a [2Jb",
    `GET ${"x".repeat(36)}`,
    "GET <img src=x onerror=alert(1)>",
    "GET ../../etc",
    "GET",
  ]);
  expect((await run.calls()).length).toBe(names.length);
});

test("an address with a number in it is not made an arm a call", async () => {
  const lines = Array.from({ length: 600 }, (_, i) => point({ tags: { name: `/user/${i}` } })).join("");
  await expect(readCalls([file(lines)])).rejects.toMatchObject({
    message: expect.stringContaining("more than 500 endpoints"),
  });
  const one = await readCalls([file(lines)], { arms: { all: "user", of: new Map() } });
  expect(one.info.arms).toMatchObject([{ name: "user" }]);
  const misspelt = { all: null, of: new Map([["/usr", "user"]]) };
  await expect(
    readCalls([file(point({ tags: { name: "/user" } }))], { arms: misspelt }),
  ).rejects.toMatchObject({
    message: expect.stringContaining(
      'No call is of "/usr", which was to have another name; there are "/user"',
    ),
  });
});

describe("a table of the user's own", () => {
  const csv =
    'when,took,"who, what",code\n2026-11-22T03:00:00.5Z,12.5,a,200\n2026-11-22T04:00:01+01:00,7.25,b,503\n';
  const map = "start=when,ms=took,arm=who\\, what,status=code";

  test("is read by its map, with the rounding that its digits show", async () => {
    const own = csv.replace('"who, what"', "who");
    const run = await readCalls([file(own)], {
      map: parseColumnMap("start=when,ms=took,arm=who,status=code"),
    });
    const calls = await run.calls();
    expect([...calls.durationMs]).toEqual([12.5, 7.25]);
    expect([...calls.startMs]).toEqual([0, 500]);
    expect([...calls.ok]).toEqual([1, 0]);
    expect(calls.armNames).toEqual(["a", "b"]);
    expect(run.info.startedAt).toBe("2026-11-22T03:00:00.500Z");
    expect(run.info.imported?.files).toMatchObject([
      { durationStepMs: 0.01, clockStepMs: 100, clock: "start" },
    ]);
    expect(run.info.arms[0]?.protocol).toBe("none");
  });

  test("may end without an end of line, as editors leave it", async () => {
    const run = await readCalls([file("ms\n1\n2")], { map: parseColumnMap("ms=ms") });
    expect([...(await run.calls()).durationMs]).toEqual([1, 2]);
    expect(run.warnings).toEqual([]);
  });

  test("is rounded as it is, however many zeros a column of floating point writes", async () => {
    const run = await readCalls([file("ms\n12.0\n7.00\n")], { map: parseColumnMap("ms=ms") });
    expect(run.info.imported?.files[0]?.durationStepMs).toBe(1);
  });

  test("counts in its own unit, and marks the end if the map says so", async () => {
    const run = await readCalls([file("t,us\n1795317306500,1500\n1795317307000,2500\n")], {
      map: parseColumnMap("end.ms=t,us=us"),
    });
    const calls = await run.calls();
    expect([...calls.durationMs]).toEqual([1.5, 2.5]);
    expect([...calls.startMs]).toEqual([0, 499]);
  });

  test("can be Parquet", async () => {
    const path = join(folder, "own 'table'.parquet");
    await withDuckDb((connection) =>
      connection.run(
        `COPY (SELECT make_timestamp(1795317306000000 + i * 1000) AS "the time", i / 4 AS took, i % 2 = 0 AS fine, 'x' || (i % 2) AS who FROM range(5000) r(i)) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`,
      ),
    );
    const run = await readCalls([path], { map: parseColumnMap("start=the time,ms=took,arm=who,ok=fine") });
    const calls = await run.calls();
    expect([calls.length, calls.ok.reduce((sum, ok) => sum + ok, 0), ...calls.armNames]).toEqual([
      5000,
      2500,
      "x0",
      "x1",
    ]);
    expect(Math.max(...calls.durationMs)).toBe(1249.75);
    expect(run.info.imported?.files[0]).toMatchObject({
      durationStepMs: 0.01,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    await expect(readCalls([path], { map: parseColumnMap("ms=none") })).rejects.toMatchObject({
      message: expect.stringContaining('no column "none"; there are "the time"'),
    });
    await expect(readCalls([path])).rejects.toMatchObject({
      message: expect.stringContaining("is a Parquet file"),
    });
  });

  test.each([
    ["ms", "is not WORD=COLUMN"],
    ["start=a", "names no duration"],
    ["ms=a,s=b", "more than one duration"],
    ["ms=a,start=b,end=c", "both start and end"],
    ["ms=a,ms=b", "there twice"],
    ["ms=a,who=b", '"who" is not known'],
    ["ms=a,start.min=b", '"start.min" is not known'],
    ["ms=a,__proto__=b", "is not known"],
    [map, "is not WORD=COLUMN"],
  ])("the map %s is a sentence", (text, sentence) => {
    expect(() => parseColumnMap(text)).toThrow(sentence);
  });

  test.each([
    ["ms=took", csv.replaceAll("12.5", "12,5"), /line 2: the row has 5 cells and the header 4/],
    ["ms=gone", csv, /line 1: there is no column "gone"; there are "when", "took", "who, what", "code"/],
    ["ms=took,ok=code", csv, /line 2, column code: "200" is neither true nor false/],
    [
      "ms=took,start=when",
      csv.replace("2026-11-22T04:00:01+01:00", "later"),
      /line 3, column when: "later" is no number/,
    ],
  ])("the map %s on another table says where it does not fit", async (text, content, sentence) => {
    await expect(readCalls([file(content)], { map: parseColumnMap(text) })).rejects.toMatchObject({
      message: expect.stringMatching(sentence),
    });
  });
});
