import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WirelabError } from "../../errors.js";
import { loadNumbers, loadPosts } from "./published.js";

/** Reads printed digits in another way than the file was made: from the right, unit first. */
function reread(digits: string): number {
  const plain = digits.replace(/(ms|KB|s|\/s)$/, "").replace(/\/$/, "");
  if (plain.endsWith("m")) return 60 * Number(plain.slice(0, -1));
  return plain
    .split(":")
    .reverse()
    .reduce((sum, part, place) => sum + Number(part.split(",").join("")) * 60 ** place, 0);
}

describe("numbers.csv", () => {
  const numbers = loadNumbers();

  test.each(numbers.map((row, index) => [index + 2, row.digits, row] as const))(
    "line %i says what is printed: %s",
    (_line, digits, row) => {
      expect(row.value).toBeCloseTo(reread(digits), 12);
    },
  );

  test("units that are printed are the units of the column", () => {
    const printed = numbers.flatMap(({ digits, unit }) => {
      const [suffix] = digits.match(/(ms|KB|\/s|(?<=\d)s)$/) ?? [];
      return suffix === undefined ? [] : [[suffix === "/s" ? "1/s" : suffix, unit]];
    });
    expect(printed.length).toBeGreaterThan(30);
    for (const [suffix, unit] of printed) expect(unit).toBe(suffix);
  });

  test("has the cells of every table", () => {
    const count = (post: string, pattern: RegExp, metrics: readonly string[]) =>
      numbers.filter(
        (row) => row.post === post && pattern.test(row.experiment) && metrics.includes(row.metric),
      ).length;
    expect(count("000", /^(add|image|ping)$/, ["mean"])).toBe(5 * 3);
    expect(count("000", /-range$/, ["min", "max", "mean"])).toBe(12 * 3);
    expect(count("001", /^100 users$/, ["duration", "users", "spawn rate", "workers"])).toBe(6 * 4);
    expect(count("001", /^100 users$/, ["median", "max", "count"])).toBe(6 * 3);
    expect(count("001", /^100 users$/, ["p99"])).toBe(4);
    expect(count("001", /^10000 users$/, ["users", "duration", "median", "p99", "max", "count"])).toBe(12);
    expect(count("003", /^increment$/, ["total"])).toBe(4);
    expect(count("003", /^increment$/, ["rate"])).toBe(1);
    const summary = ["count", "median", "p95", "p99", "mean", "min", "max", "bytes"];
    expect(count("004", /^factorial$/, summary)).toBe(2 * 8);
    expect(count("004", /^listing result.csv$/, ["time", "rate", "mean", "failures"])).toBe(9 * 4);
    expect(count("004", /^listing locust_results.csv$/, ["call"])).toBe(10);
    expect(numbers.some((row) => row.post === "002")).toBe(false);
  });

  test("names every number once", () => {
    const keys = numbers.map((row) =>
      [row.post, row.experiment, row.arm, row.condition, row.metric].join(" | "),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("holds post 003's totals in seconds", () => {
    const totals = numbers.filter((row) => row.post === "003" && row.metric === "total");
    expect(totals.map((row) => [row.arm, row.value])).toEqual([
      ["function", 0.002725],
      ["rest", 79.75713],
      ["grpc", 3.31868],
      ["grpc-stream", 2.238652],
    ]);
  });
});

test("posts.csv gives each post its notebook", () => {
  expect(loadPosts().map((row) => [row.post, row.notebook])).toEqual([
    ["000", "02"],
    ["001", "03"],
    ["002", "04"],
    ["003", "01"],
    ["004", "05"],
  ]);
});

describe("a file that is not as it should be", () => {
  const header = "post,experiment,arm,condition,metric,unit,value,digits";
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "wirelab-published-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ["another header", "post,arm\n", /bad\.csv, line 1: the header/],
    [
      "no number",
      `${header}\n003,e,a,c,total,s,1.5,1.5\n003,e,a,c,total,s,1;5,x\n`,
      /line 3, column value: "1;5"/,
    ],
    ["an empty number", `${header}\n003,e,a,c,total,s,,x\n`, /line 2, column value/],
    ["an exponent", `${header}\n003,e,a,c,total,s,1e3,x\n`, /line 2, column value/],
    ["an unknown metric", `${header}\n003,e,a,c,totl,s,1,1\n`, /line 2, column metric: "totl" is none of/],
    ["an unknown unit", `${header}\n003,e,a,c,total,h,1,1\n`, /line 2, column unit: "h"/],
    ["a padded cell", `${header}\n003,e, a,c,total,s,1,1\n`, /line 2, column arm: " a"/],
    ["too few cells", `${header}\n003,e,a\n`, /line 2, column arm: the row has 3 cells and needs 8/],
    ["an unquoted comma", `${header}\n003,e,a,c,count,calls,9997,9,997\n`, /line 2, column digits: .* quote/],
    [
      "an open quote",
      `${header}\n"003,e,a,c,total,s,1,1\n`,
      /bad\.csv cannot be read as CSV: Quote Not Closed.*line 2/,
    ],
    ["a blank line", `${header}\n\n003,e,a,c,total,s,1,1\n`, /line 2, column post/],
    ["nothing in it", "", /line 1: the header/],
  ])("is refused with file, line and column: %s", (_what, content, message) => {
    const path = join(folder, "bad.csv");
    writeFileSync(path, content);
    expect(() => loadNumbers(path)).toThrow(WirelabError);
    expect(() => loadNumbers(path)).toThrow(message);
  });

  test("is refused when it is not there", () => {
    expect(() => loadNumbers(join(folder, "none.csv"))).toThrow(/none\.csv cannot be read as CSV: ENOENT/);
  });
});
