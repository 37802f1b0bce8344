import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WirelabError } from "../../errors.js";
import { readCalls } from "./import.js";
import { parseColumnMap } from "./own-table/column-map.js";
import { kindOfFile, readNumbers } from "./read-table.js";
import { fixture, fixtures } from "./testing/fixture.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wirelab-fuzz-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hostile = [
  "__proto__",
  "<script>",
  "-1",
  "1e999",
  "NaN",
  '"',
  "{",
  "]",
  "\n",
  ",",
  "\t",
  "\u0000",
  "=cmd()",
  "99999999999999999999",
];

/** One thing done to a file: something cut out, put in, changed or doubled. */
const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(40),
  put: fc.oneof(fc.constantFrom(...hostile), fc.string({ maxLength: 5 })),
  cut: fc.boolean(),
});

type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutated(text: string, { at, length, put, cut }: Mutation): string {
  // Half of them near the beginning, where headers are.
  const place = Math.floor((at < 0.5 ? at * at * 0.2 : at) * text.length);
  return cut ? text.slice(0, place) + put : text.slice(0, place) + put + text.slice(place + length);
}

/** Rows or a sentence, and nothing else. */
async function outcome(path: string): Promise<string> {
  try {
    if ((await kindOfFile(path)) === "table") {
      const { numbers } = await readNumbers(path);
      return numbers.every(({ value }) => Number.isFinite(value)) ? "rows" : "a number that is none";
    }
    const calls = await (await readCalls([path])).calls();
    const good = calls.durationMs.every((ms, row) => calls.ok[row] === 0 || (Number.isFinite(ms) && ms >= 0));
    return calls.length > 0 && good ? "rows" : "calls that are none";
  } catch (error) {
    if (error instanceof WirelabError) return "a sentence";
    return `${error instanceof Error ? error.stack : error}`;
  }
}

test.each(fixtures)("whatever is done to %s, it gives rows or a sentence", async (name) => {
  const raw = readFileSync(fixture(name));
  const whole = (name.endsWith(".gz") && !name.includes("cut") ? gunzipSync(raw) : raw).toString("latin1");
  // Shorter files are read faster, and have as many kinds of rows.
  const text = whole.slice(0, 8_000);
  await fc.assert(
    fc.asyncProperty(
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      async (mutations, packed) => {
        const bytes = Buffer.from(mutations.reduce(mutated, text), "latin1");
        const path = join(folder, "mutated");
        writeFileSync(path, packed ? gzipSync(bytes, { level: 1 }) : bytes);
        expect(["rows", "a sentence"]).toContain(await outcome(path));
      },
    ),
    { numRuns: 12 },
  );
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test("whatever a table of one's own holds, it gives rows or a sentence", async () => {
  const cell = fc.oneof(
    fc.constantFrom("1", "2.5", "200", "1795317306.5", "2026-11-22T03:00:00Z", "true", "", ...hostile),
    fc.string(),
  );
  const map = parseColumnMap("start=a,ms=b,status=c,ok=d");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell, cell), { maxLength: 5 }), async (rows) => {
      const path = join(folder, "own.csv");
      writeFileSync(path, ["a,b,c,d", ...rows.map((row) => row.join(","))].join("\n"));
      try {
        expect((await (await readCalls([path], { map })).calls()).length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(WirelabError);
      }
    }),
    { numRuns: 100 },
  );
});
