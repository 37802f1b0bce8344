import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Run } from "../record/run.js";
import { importCalls } from "../record/tools/import.js";
import { fixture } from "../record/tools/testing/fixture.js";
import { viewOf } from "../show/display.js";
import { compare } from "./compare.js";
import { distribution, shift, timeCourse } from "./figures.js";
import { measure, open } from "./measure.js";
import { read } from "./read.js";
import { costs, summary } from "./summary.js";
import { verdicts } from "./verdicts.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wirelab-read-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const locust = fixture("locust-requests.csv.gz");
const [grpc, increment] = ["grpc /increment.Incrementer/Increment", "POST /increment"];

let written = 0;
/** A table of calls, each `[arm, start in s, ms]`. */
function own(rows: readonly (readonly [string, number, string])[]): string {
  const path = join(folder, `own-${written++}.csv`);
  writeFileSync(path, `arm,start,ms\n${rows.map((row) => row.join(",")).join("\n")}\n`);
  return path;
}

async function runOf(path: string): Promise<Run> {
  const run = await read(path, { map: "start=start,ms=ms,arm=arm" });
  if ("kind" in run) throw new Error("it is a table");
  return run;
}

/** So many calls of each arm in turns, of these ms. */
function inTurns(first: (i: number) => string, second: (i: number) => string, apartS = 0) {
  return Array.from({ length: 400 }, (_, i) => [
    ["a", 1_795_317_300 + i / 100, first(i)] as const,
    ["b", 1_795_317_300.005 + i / 100 + apartS, second(i)] as const,
  ]).flat();
}

test("a file with a row a call is a run for tables and figures, in memory and as a folder alike", async () => {
  const run = await open(locust);
  const kept = await importCalls([locust], { folder: join(folder, "run") });
  const [inMemory, onDisk] = [await summary(run), await summary(await open(kept.folder ?? ""))];
  expect(inspect(onDisk)).toBe(inspect(inMemory));
  expect(inspect(inMemory)).toMatch(/POST \/add +\d+ +[1-9]/);
  for (const show of [distribution, timeCourse, costs]) expect(await show(run)).toBeDefined();
  expect(kept.info).toMatchObject({
    pairs: 1,
    warmupBlocks: 0,
    host: "remote",
    environment: { cpu: "not told" },
  });
  expect(kept.info.imported?.files).toMatchObject([
    { tool: "Locust", version: null, clock: "start", durationStepMs: 0.01 },
  ]);
  expect(inspect(run)).not.toMatch(/Node|seed|pairs of/);
});

test("its rate is what succeeded over the time of the file", async () => {
  const run = await open(locust);
  const { span } = run.info.imported?.files[0] ?? {};
  const seconds = ((span?.toMs ?? 0) - (span?.fromMs ?? 0)) / 1000;
  const { summarise } = await import("../analysis/summarise.js");
  for (const arm of await summarise(run))
    expect(arm.callsPerSecond / (arm.calls / seconds)).toBeCloseTo(1, 1);
  const [timeless] = await summarise(await open(fixture("ghz.csv")));
  expect(timeless?.callsPerSecond).toBeNaN();
  // All of its calls lie in one or two of its seconds.
  const [coarse] = await summarise(await open(fixture("k6.csv.gz")));
  expect(coarse?.callsPerSecond).toBeNaN();
});

test("arms that were called in turns have a ratio, for these processes only", async () => {
  const { ratio, scope, pairs } = await compare(await open(locust), { first: increment, second: grpc });
  expect(ratio.low).toBeGreaterThan(1);
  expect([scope, pairs]).toEqual(["these processes only", 1]);
  expect(await shift(await open(locust), { first: increment, second: grpc })).toBeDefined();
});

test("arms of two files, of two halves of one, or without times have none, and it says why", async () => {
  const apart = await importCalls([fixture("h2load.log"), fixture("ghz.json")], { runsFolder: folder });
  const arms = { first: "h2load", second: "increment.Incrementer.Increment" };
  for (const ask of [compare, shift]) {
    await expect(ask(apart, arms)).rejects.toMatchObject({
      code: "not-enough-data",
      message: expect.stringContaining("not called in the same run of a tool"),
    });
  }
  const halves = await runOf(
    own(
      inTurns(
        () => "10.0",
        () => "20.0",
        5,
      ),
    ),
  );
  await expect(compare(halves, { first: "a", second: "b" })).rejects.toMatchObject({
    message: expect.stringContaining("not called in the same stretches of time"),
  });
  const timeless = await read(
    own(
      inTurns(
        () => "10.0",
        () => "20.0",
      ),
    ),
    { map: "ms=ms,arm=arm" },
  );
  await expect(compare(timeless as Run, { first: "a", second: "b" })).rejects.toMatchObject({
    message: expect.stringContaining("does not tell when"),
  });
  await expect(compare(halves, { first: "a", second: "c" })).rejects.toMatchObject({ code: "usage" });
});

test("a difference finer than the rounding is no verdict, and a larger one has room for it", async () => {
  const close = await runOf(
    own(
      inTurns(
        (i) => String(5 + (i % 2)),
        () => "5",
      ),
    ),
  );
  await expect(compare(close, { first: "a", second: "b", metric: "mean" })).rejects.toMatchObject({
    code: "not-enough-data",
    message: expect.stringMatching(/of about 5\.5 and 5 ms differ by less than 1 ms/),
  });
  const exact = await runOf(
    own(
      inTurns(
        (i) => `${5 + (i % 2)}.001`,
        () => "5.001",
      ),
    ),
  );
  expect((await compare(exact, { first: "a", second: "b", metric: "mean" })).ratio.value).toBeCloseTo(1.1, 3);
  const far = await runOf(
    own(
      inTurns(
        () => "10",
        () => "5",
      ),
    ),
  );
  const { ratio } = await compare(far, { first: "a", second: "b" });
  // 9.5 ÷ 5.5 and 10.5 ÷ 4.5.
  expect([ratio.value, ratio.low, ratio.high].map((value) => Number(value.toFixed(3)))).toEqual([
    2, 1.727, 2.333,
  ]);
  // A rate is counted, not rounded.
  expect((await compare(close, { first: "a", second: "b", metric: "rate" })).ratio.value).toBeCloseTo(1, 2);
});

test("a notebook's source takes such a file, and no post is judged by it", async () => {
  const run = await measure({ arms: ["rest", "grpc"], work: "increment", source: locust });
  expect(run.info.imported).not.toBeNull();
  const { verdicts: judged } = await verdicts("003", run);
  expect(judged.every(({ direction }) => direction === "not testable here")).toBe(true);
  expect(judged[0]?.missing).toMatch(/a run that the lab made/);
  const add = await importCalls([locust], { runsFolder: folder }, { work: "add" });
  await expect(
    measure({ arms: ["rest"], work: "increment", source: add.folder ?? "" }),
  ).rejects.toMatchObject({ code: "usage" });
});

test("what a tool only computed is shown as it was printed", async () => {
  const table = await read(fixture("locust_stats.csv"));
  if (!("kind" in table)) throw new Error("it is a run");
  expect(inspect(table)).toMatch(/^What Locust printed.*\narm +count \(calls\)/);
  expect(inspect(table)).toMatch(/Locust rounds percentiles/);
  await expect(open(fixture("locust_stats.csv"))).rejects.toMatchObject({ code: "usage" });
});

test("what a file holds is never markup in a page", async () => {
  const hostile = "<img src=x onerror=alert(1)>";
  const stats = join(folder, `a<b>.csv`);
  writeFileSync(stats, `Type,Name,Request Count,Failure Count,Median Response Time\nGET,${hostile},3,1,5\n`);
  const run = await runOf(
    own(
      inTurns(
        () => "10.0",
        () => "20.0",
      ).map(([, at, ms]) => [hostile, at, ms] as const),
    ),
  );
  for (const shown of [
    await read(stats),
    run,
    await summary(run),
    await distribution(run),
    await timeCourse(run),
  ]) {
    const html = viewOf(shown)?.html() ?? "";
    expect(html.length).toBeGreaterThan(100);
    expect(html).not.toContain("<img");
    expect(html).not.toContain("a<b>");
  }
});
