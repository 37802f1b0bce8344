import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WirelabError } from "../../errors.js";
import { auditPost, auditTables } from "../audit/audit.js";
import { readOwnTables } from "./own-tables.js";
import { publishedFile } from "./published.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wirelab-own-tables-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: string | Buffer, name = "mine.csv"): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test("the posts' own files say of all posts what the report says of each", () => {
  const files = { table: "numbers.csv", claims: "claims.csv", remarks: "remarks.csv" };
  const [table = "", claims, remarks] = Object.values(files).map(publishedFile);
  const { findings } = auditTables(readOwnTables({ table, claims, remarks }));
  for (const post of ["000", "001", "002", "003", "004"]) {
    expect(findings.filter((finding) => finding.post === post)).toEqual(auditPost(post));
  }
});

test("four columns in any order are a table of one post, named by its file", () => {
  const table = fileOf(
    "value,unit,metric,arm\n10000,calls,count,rest\n79.8,s,total,rest\n12.5,1/s,rate,rest\n",
  );
  const [input, ...others] = readOwnTables({ table });
  expect(others).toEqual([]);
  expect(input).toMatchObject({ post: "mine", claims: [], remarks: [] });
  expect(input?.numbers[0]).toMatchObject({
    experiment: "all",
    condition: "all",
    value: 10_000,
    digits: "10000",
  });
  expect(auditTables([input ?? expect.fail()]).findings[0]?.found).toContain("= 125 calls a second");
});

test("claims and remarks need only what they say", () => {
  const table = fileOf("arm,metric,unit,value\nrest,mean,ms,2\ngrpc,mean,ms,3\n");
  const claims = fileOf(
    "statement,metric,first,second,direction\nREST is slower,mean,rest,grpc,above one\n",
    "claims.csv",
  );
  const remarks = fileOf("post,strength,printed,found,checked\nother,suggestive,p,f,c\n", "remarks.csv");
  const { findings } = auditTables(readOwnTables({ table, claims, remarks }));
  expect(findings.map(({ post }) => post)).toEqual(["mine", "other"]);
});

describe("a table that is none is refused, with file, line, column and what would be right", () => {
  const header = "arm,metric,unit,value";
  test.each([
    [
      "nothing",
      "",
      /mine\.csv, line 1: the column arm is missing; the header has to name arm, metric, unit, value/,
    ],
    ["a header alone", `${header}\n`, /line 2: there is no row/],
    ["a missing column", "arm,metric,value\n", /line 1: the column unit is missing/],
    ["a strange column", `${header},colour\n`, /line 1: there is no column "colour"/],
    ["a column twice", `${header},value\n`, /line 1: the column value is there twice/],
    [
      "an unknown metric",
      `${header}\nrest,p42,ms,1\n`,
      /line 2, column metric: "p42" is none of mean, median/,
    ],
    [
      "an unknown unit",
      `${header}\nrest,mean,fortnights,1\n`,
      /line 2, column unit: "fortnights" is none of s, ms, us/,
    ],
    [
      "a unit of something else",
      `${header}\nrest,mean,calls,1\n`,
      /line 2, column unit: mean cannot be in calls, only in s, ms, us/,
    ],
    ["less than nothing", `${header}\nrest,mean,ms,-1\n`, /line 2, column value: "-1" is below zero/],
    [
      "no number",
      `${header}\nrest,mean,ms,=1+1\n`,
      /line 2, column value: "=1\+1" is no plain decimal number/,
    ],
    [
      "a number past all",
      `${header}\nrest,mean,ms,${"9".repeat(400)}\n`,
      /line 2, column value: "9{60}…" is larger/,
    ],
    [
      "a row that is short",
      `${header}\nrest,mean,ms\n`,
      /line 2, column unit: the row has 3 cells and needs 4/,
    ],
    [
      "digits that say otherwise",
      `${header},digits\nrest,mean,ms,17,170ms\n`,
      /line 2, column digits: "170ms" is not the value 17 in ms/,
    ],
    [
      "two values for one cell",
      `${header}\nrest,mean,ms,1\nrest,max,ms,3\nrest,mean,ms,2\n`,
      /line 4, column value: line 2 has the mean of "rest"/,
    ],
    ["an open quote", `${header}\n"rest,mean,ms,1\n`, /cannot be read as CSV: Quote Not Closed/],
    ["a row without end", `${header}\n${"x".repeat(200_000)}`, /cannot be read as CSV: Max Record Size/],
    ["too many rows", `${header}\n${"rest,mean,ms,1\n".repeat(5_001)}`, /more than 5,000 rows/],
    ["too many bytes", Buffer.alloc(10_000_001, "rest,mean,ms,1\n"), /it is larger than 10 MB/],
    ["no text", Buffer.from([0xff, 0xfe, 0x00, 0x1b, 0x5b, 0x32, 0x4a]), /line 1: there is no column/],
  ])("%s", (_what, content, message) => {
    const table = fileOf(content);
    expect(() => readOwnTables({ table })).toThrow(WirelabError);
    expect(() => readOwnTables({ table })).toThrow(message);
  });
  test("digits as posts print them are no contradiction", () => {
    const rows = [
      'rest,count,calls,9997,"9,997"',
      "rest,total,s,79.75713,0:01:19.757130",
      "rest,duration,s,180,3m",
    ];
    const table = fileOf(`arm,metric,unit,value,digits\n${rows.join("\n")}\n`);
    expect(readOwnTables({ table })[0]?.numbers).toHaveLength(3);
  });
  test.each([
    ["a folder", () => folder],
    ["nothing", () => join(folder, "none.csv")],
  ])("a path of %s", (_what, path) => {
    expect(() => readOwnTables({ table: path() })).toThrow(/cannot be read as CSV: E(ISDIR|NOENT)/);
  });
});
