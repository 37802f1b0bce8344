import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { RoundOfLoad } from "../experiment/checks/check-loads.js";
import { measure } from "../experiment/measure.js";
import { recordBlockingRun } from "../experiment/testing/blocking-run.js";
import { openRun } from "../record/run.js";
import { temporaryFolder } from "../record/testing/samples.js";
import { closedLoad } from "../schedule/load-choice.js";
import { averageUsers } from "../schedule/users.js";
import { checkRecord, type LoadRunFacts, loadRoundsOf } from "./check-record.js";
import { seriesOf } from "./loads/series.js";
import { loadCalls } from "./testing/load-calls.js";

async function checkFixture(name: string, changes: Partial<LoadRunFacts> = {}) {
  const run = await openRun(fileURLToPath(new URL(`../experiment/fixtures/${name}`, import.meta.url)));
  return checkRecord(await run.calls(), { ...run.info, ...changes });
}

describe("the laws of loads, on runs that were really made", () => {
  it("say of a client that makes one call at a time that its users waited elsewhere", async () => {
    const [warning, ...others] = await checkFixture("blocking-client");
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ code: "little" });
    expect(warning?.message).toMatch(
      /100 users were in the load on average, .* fill the time of \d\d\.\d users/,
    );
  });

  it("say of 300 users that they are not 10,000, also where only the calls are known", async () => {
    const told = await checkFixture("300-of-10000");
    expect(told.map(({ code }) => code)).toEqual(["users-not-started"]);
    const [untold] = await checkFixture("300-of-10000", { loadRounds: [] });
    expect(untold?.message).toContain(
      "300 had begun when the run time was over: 100 a second start 300 in 3 s",
    );
  });

  it("say nothing of a correct load, of either arm", async () => {
    expect(await checkFixture("correct")).toEqual([]);
    expect(await checkFixture("correct", { loadRounds: [] })).toEqual([]);
  });

  it("find a correct load incorrect when something else is said of it", async () => {
    const load = closedLoad({ users: 60, spawnPerSecond: 30, thinkMs: [500, 1000], runTimeMs: 4000 });
    expect((await checkFixture("correct", { load })).map(({ code }) => code)).toContain("little");
    const thinking = closedLoad({ users: 40, spawnPerSecond: 20, thinkMs: [1000, 1500], runTimeMs: 4000 });
    expect((await checkFixture("correct", { load: thinking })).map(({ code }) => code)).toContain("little");
  });

  it("say nothing of calls one after another", () => {
    const facts = {
      ...{ load: null, loadRounds: [], processors: null, clients: 1, arms: [], servers: [] },
      environment: { cores: 2 },
    };
    expect(checkRecord(loadCalls([{ dueMs: 0, durationMs: 1 }]), facts)).toEqual([]);
  });
});

it("measures loads whose users are at every moment in a call, in a pause, or held up", async () => {
  const load = closedLoad({ users: 10, spawnPerSecond: 20, thinkMs: [90, 110], runTimeMs: 2000 });
  const run = await measure({
    arms: ["rest", "grpc"],
    pairs: 1,
    warmupBlocks: 0,
    seed: 1,
    load,
    runsFolder: temporaryFolder(),
  });
  const calls = await run.calls();
  // What a busy machine holds up is a warning, and rightly; that no time is missing holds on any.
  for (const arm of calls.armNames) {
    const [series] = seriesOf(calls, run.info, arm);
    expect(series?.seconds.reduce((sum, { sent }) => sum + sent, 0)).toBeGreaterThan(50);
    const [{ tally }] = loadRoundsOf(calls, run.info, arm) as [RoundOfLoad];
    const users = (tally.inCallsMs + tally.pausesMs + tally.lateMs) / load.runTimeMs;
    expect(Math.abs(users / averageUsers(load) - 1)).toBeLessThan(0.05);
  }
  const again = checkRecord(calls, run.info);
  expect(again.map(({ code }) => code).filter((code) => code === "users-not-started")).toEqual([]);
  expect(run.warnings).toEqual(expect.arrayContaining(again));
});

it("finds a client that blocks as it runs", async () => {
  const run = await recordBlockingRun(temporaryFolder());
  const warnings = checkRecord(await run.calls(), run.info);
  expect(warnings.map(({ code }) => code)).toContain("little");
});
