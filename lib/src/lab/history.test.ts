import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { roundsOf } from "../analysis/rounds/rounds.js";
import { summarise } from "../analysis/summarise.js";
import type { RoundPart } from "../record/calls.js";
import { readBlocks } from "../record/parquet/run-blocks.js";
import { openRun } from "../record/run.js";
import { createRun } from "../record/run-folder.js";
import type { RunInfo } from "../record/run-info.js";
import { sampleInfo, samplePart } from "../record/testing/samples.js";
import { closedLoad } from "../schedule/load-choice.js";
import { figuresOf, historyText } from "../show/cards/history.js";
import { historyRecord } from "../show/cards/history-record.js";
import { createRandom } from "../stats/random.js";
import { metricOf } from "../stats/ratios/round-metric.js";
import { history } from "./history.js";

let folder = "";
const random = createRandom(4);

/** A run folder whose arm takes so many times the usual time. */
async function runAt(day: number, factor: number, changes: Partial<RunInfo> = {}): Promise<string> {
  const info = sampleInfo({ startedAt: `2026-11-${String(day).padStart(2, "0")}T03:42:00.000Z`, ...changes });
  const writer = createRun(info, { runsFolder: folder });
  for (let block = 0; block < 6; block++) {
    const part = samplePart("rest", 0, block, 40);
    for (const [i, ms] of part.columns.durationMs.entries()) {
      part.columns.durationMs[i] = ms * factor * (1 + 0.04 * random.next());
    }
    writer.append(part);
  }
  const run = await writer.finish({ ...info, status: "finished", pairs: 1, warmFromBlock: [0] });
  return run.folder ?? "";
}

const changed = sampleInfo().environment;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "wirelab-history-"));
  for (let day = 1; day <= 7; day++) await runAt(day, 1);
  for (let day = 8; day <= 14; day++) await runAt(day, 1.4, { environment: { ...changed, node: "v24.1.0" } });
  await runAt(15, 9, { work: "add" });
  await runAt(15, 1.4);
  createRun(sampleInfo(), { runsFolder: folder }).append(samplePart("rest", 0, 0, 40));
  mkdirSync(join(folder, "20261130T000000Z-increment"));
  writeFileSync(join(folder, "20261130T000000Z-increment", "run.json"), "{");
  await runAt(20, 1, { name: "other" });
  return () => rm(folder, { recursive: true, force: true });
});

test("runs of one name stand in the order of time, and the one with which they changed is named with what differs", async () => {
  const found = await history({ folder, metrics: ["median"] });
  expect(found.name).toBe("increment");
  const [rest] = historyRecord(found).series.filter(({ points }) => points.length > 0);
  expect(rest).toMatchObject({ arm: "rest", metric: "median", refused: 0 });
  expect(rest?.points).toHaveLength(15);
  expect(rest?.points.map(({ startedAt }) => startedAt)).toEqual(
    rest?.points.map(({ startedAt }) => startedAt).toSorted(),
  );
  expect(rest?.changes).toEqual([{ run: expect.stringMatching(/^20261108T/), p: expect.any(Number) }]);
  const text = historyText(found);
  expect(text).toMatch(/^2026-11-08 03:42 +20261108T034200Z-increment +rest +median .*← changed$/m);
  expect(text).toMatch(
    /changed from about 16\d µs to 2[23]\d µs .*different from the run before it: node: v20\.20\.2, now v24\.1\.0/,
  );
  expect(text).toMatch(/Left out: 1 of the runs of rest, which asked something else/);
  expect(text).toMatch(/Z-increment, which has no whole calls\.parquet/);
  expect(text).toMatch(/20261130T000000Z-increment, whose run\.json cannot be read/);
});

test("a point is what the lab's own statistics say of the blocks, by every metric", async () => {
  const path = await runAt(28, 1, { name: "alone" });
  const [read] = await readBlocks([{ folder: path, cut: [] }]);
  const run = await openRun(path);
  const rounds = roundsOf(await run.calls(), "rest", run.info);
  if (read === undefined || "unreadable" in read) throw new Error("its own run can be read");
  const { blocks, failures } = read;
  const [{ failed, errorRate } = { failed: 0, errorRate: 1 }] = await summarise(run);
  expect(failures.get("rest")).toEqual({ failed, calls: failed / errorRate });
  for (const metric of ["median", "mean"] as const) {
    blocks.forEach((block, i) => {
      const round = rounds[i];
      expect(block[metric]).toBeCloseTo(
        round === undefined ? Number.NaN : (metricOf(round, metric) as number),
        12,
      );
    });
  }
  expect(blocks).toHaveLength(6);
});

/** A load of 10 s from 300 ms on the run's clock, 100 calls a second of 2 ms; then changed as a test says. */
async function loadAt(name: string, change: (columns: RoundPart["columns"]) => void): Promise<void> {
  const load = closedLoad({ users: 1, runTimeMs: 10_000 });
  const round = { arm: "rest", pair: 0, block: 0, beginMs: 300, endMs: 13_300, overMs: 10_000 };
  const info = sampleInfo({
    ...{ name, load, pairs: 1, status: "finished", warmFromBlock: [0] },
    loadRounds: [{ ...round, usersStarted: 1, notSent: 0, seconds: [] }],
  });
  const part = samplePart("rest", 0, 0, 1000);
  const { columns } = part;
  for (let row = 0; row < 1000; row++) {
    columns.startMs[row] = columns.intendedMs[row] = 300 + 10 * row;
    columns.durationMs[row] = 2;
    columns.ok[row] = 1;
  }
  change(columns);
  const writer = createRun(info, { runsFolder: folder });
  writer.append(part);
  await writer.finish(info);
}

test("a straggler of a load counts as one call, and none after the load's end counts at all", async () => {
  const pointOf = async (name: string) => {
    const found = await history({ folder, name, metrics: ["median", "mean"] });
    return found.series.filter(({ arm }) => arm === "rest").map(({ points }) => points[0]);
  };
  await loadAt("late", ({ durationMs }) => {
    durationMs[999] = 3000;
  });
  for (const point of await pointOf("late")) {
    expect(point).toMatchObject({ failedShare: 0 });
    expect(point?.value).toBeCloseTo(2, 12);
    expect(point?.interval?.high).toBeCloseTo(2, 12);
  }
  await loadAt("alone-in-its-second", (columns) => {
    for (let row = 900; row < 1000; row++) columns.ok[row] = 0;
    columns.ok[950] = 1;
    columns.durationMs[950] = 400;
  });
  const [median] = await pointOf("alone-in-its-second");
  expect(median?.value).toBeCloseTo(2, 1);
  expect(median?.failedShare).toBeCloseTo(0.099, 12);
  expect(historyText(await history({ folder, name: "alone-in-its-second" }))).toMatch(/ 9\.9\s%$/m);
  await loadAt("dead", ({ ok }) => ok.fill(0));
  expect(historyText(await history({ folder, name: "dead" }))).toMatch(
    /The median of rest is missing in \S+-dead, where no warm call succeeded\./,
  );
});

test("percentiles of blocks with too few calls are refused, few runs are told how many it takes, and a name must be there", async () => {
  const found = await history({ folder, name: "other" });
  const text = historyText(found);
  expect(text).toMatch(/The p99 of rest is missing in 1 run, whose blocks have too few calls/);
  expect(text).toMatch(/The median of rest is known of 1 run; to look for changes takes 12\./);
  await expect(history({ folder, name: "typo" })).rejects.toMatchObject({ code: "usage" });
});

test("an empty history is told as one, with no figure", async () => {
  const found = await history({ folder: join(folder, "nowhere") });
  expect(historyText(found)).toMatch(/There are no runs in .*nowhere, so there is no history yet/);
  expect(figuresOf(found)).toEqual([]);
});
