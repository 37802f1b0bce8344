import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Run } from "../record/run.js";
import { sampleInfo } from "../record/testing/samples.js";
import { closedLoad } from "../schedule/load-choice.js";
import { sampleCalls } from "../show/testing/samples.js";
import { callByCall, cumulativeMean, series } from "./figures.js";
import { listenerFiles } from "./listener-files.js";
import { loadCosts, loads } from "./load-tables.js";
import { measure } from "./measure.js";

let run: Run;

beforeAll(async () => {
  const runsFolder = await mkdtemp(join(tmpdir(), "wirelab-loads-"));
  run = await measure({
    work: "add",
    arms: ["rest", "grpc"],
    pairs: 1,
    blocks: 2,
    primeCalls: 0,
    host: "in-process",
    load: closedLoad({ users: 4, thinkMs: [5, 10], runTimeMs: 1200 }),
    seed: 1,
    runsFolder,
  });
  return () => rm(runsFolder, { recursive: true, force: true });
});

test("a load is tabulated, and what it cost", async () => {
  const frame = await loads(run);
  expect(frame.loc({ columns: ["arm", "users", "failed"] }).values).toEqual([
    ["rest", 4, 0],
    ["grpc", 4, 0],
  ]);
  expect((await loadCosts(run)).column("requests").values).toEqual(frame.column("requests").values);
});

test("the figures show every round of it", async () => {
  const { table } = await series(run, { panels: ["calls", "times"] });
  const calls = await run.calls();
  const succeeded = table.rows.reduce((sum, row) => sum + Number(row[5]), 0);
  const loaded = [...calls.block].filter(
    (block, i) => block >= run.info.warmupBlocks && calls.ok[i] === 1,
  ).length;
  expect(succeeded).toBe(loaded);
  expect((await callByCall(run)).data.map(({ name }) => name)).toEqual(["rest", "grpc"]);
  expect((await cumulativeMean(run)).data).toHaveLength(2 * 2 * 2);
});

test("the listener's files hold a round of an arm, in the run's own folder", async () => {
  const { results, responseTimes } = await listenerFiles(run, "grpc", { round: 2 });
  expect([results, responseTimes].map((path) => basename(path))).toEqual([
    "grpc-2-locust_results.csv",
    "grpc-2-response_time.csv",
  ]);
  expect(results.startsWith(join(run.folder ?? "", "exports"))).toBe(true);
  const [header, first] = (await readFile(results, "utf8")).split("\r\n");
  expect(header).toBe("Time (s),RPS,Avg Response Time (ms),Failure Count");
  expect(first).toMatch(/^0\.0,1,[\d.]+,0$/);
  const calls = await run.calls();
  const own = [...calls.arm.keys()].filter(
    (i) => calls.armNames[calls.arm[i] as number] === "grpc" && calls.block[i] === run.info.warmupBlocks + 1,
  );
  const lines = (await readFile(responseTimes, "utf8")).trimEnd().split("\n").map(Number);
  expect(lines.toSorted()).toEqual(own.map((i) => calls.durationMs[i] as number).toSorted());
});

test("a round, an arm or a panel that there is not is named", async () => {
  await expect(listenerFiles(run, "grpc", { round: 3 })).rejects.toThrow(/has 2 rounds of a load of "grpc"/);
  await expect(listenerFiles(run, "../rest")).rejects.toThrow(/has 0 rounds of a load of "..\/rest"/);
  await expect(listenerFiles({ ...run, folder: null }, "grpc")).rejects.toThrow(/only in memory/);
  await expect(series(run, { panels: ["colour" as "calls"] })).rejects.toThrow(
    /no panel "colour"; there are calls, /,
  );
});

test("a run of calls one after another is refused, and so is a load that was never carried out", async () => {
  const info = sampleInfo();
  const chain: Run = { info, folder: null, warnings: [], calls: async () => sampleCalls() };
  for (const show of [loads, loadCosts, series, callByCall, cumulativeMean]) {
    await expect(show(chain)).rejects.toThrow(/needs a run with a load/);
    await expect(show({ ...chain, info: { ...info, load: run.info.load } })).rejects.toThrow(
      /was over before/,
    );
  }
});
