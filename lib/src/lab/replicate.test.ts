import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasPython } from "../hosts/testing/python.js";
import type { Run } from "../record/run.js";
import { viewOf } from "../show/display.js";
import { measure } from "./measure.js";
import { ratioPath } from "./ratio-path.js";
import { replicate } from "./replicate.js";
import { verdicts } from "./verdicts.js";

const small = { pairs: 1, blocks: 2, warmupBlocks: 1, callsPerRound: 20 };
let runsFolder: string;
beforeAll(async () => {
  runsFolder = await mkdtemp(join(tmpdir(), "wirelab-replicate-"));
  return () => rm(runsFolder, { recursive: true, force: true });
});

describe.skipIf(!(await hasPython()))("a post's own stack", () => {
  let run: Run;
  beforeAll(async () => {
    const replicated = await replicate("003", { ...small, runsFolder });
    expect(replicated.missing).toBeNull();
    expect(viewOf(replicated)?.text()).toMatch(/servers: FastAPI for rest-new-connection; grpcio/);
    run = replicated.runs[0] as Run;
  }, 60_000);

  it("is called as often as its servers count, and says what it ran on", async () => {
    const { arms, counted, environment, servers, warnings } = run.info;
    expect(warnings.map(({ code }) => code)).not.toContain("count-differs");
    const calls = await run.calls();
    for (const { server } of servers) {
      const callers = arms.flatMap(({ name, server: own, protocol }) =>
        own === server && protocol !== "none" ? [calls.armNames.indexOf(name)] : [],
      );
      const recorded = calls.arm.filter((arm) => callers.includes(arm)).length;
      expect(counted.find((each) => each.server === server)?.calls).toBe(recorded);
      expect(recorded).toBe(callers.length * 3 * 20);
    }
    expect(environment.python?.version).toMatch(/^3\.\d+\.\d+$/);
    const { verdicts: judged } = await verdicts("003", run);
    const rest = judged.find(
      ({ claim, first }) => claim === "003-rest-vs-grpc" && first === "rest-new-connection",
    );
    expect(rest?.stack).toMatch(/^replicated: fastapi \d.*, requests \d.*, grpcio \d.*, Python 3/);
    expect(rest?.ratio).toBeGreaterThan(0);
  });

  it("is read again from a folder of runs", async () => {
    const again = await replicate("003", { source: runsFolder });
    expect(again.runs[0]?.info.startedAt).toBe(run.info.startedAt);
  });

  it("leads to ours one change after another", async () => {
    const path = await ratioPath("000-add-local", { ...small, runsFolder });
    expect(path.runs[0]?.info.work).toBe("add");
    const text = viewOf(path)?.text() ?? "";
    expect(text).toMatch(/REST keeps its connection/);
    expect(text).toMatch(
      /Published 12\.3×; then .*Express and grpc-js in place of the post's servers: [\d.]+×/,
    );
  }, 60_000);
});

it("has no path of another work than the claim's", async () => {
  await expect(ratioPath("000-image-local", { ...small, work: "increment" })).rejects.toThrow(
    "000-image-local is of image, not of increment: leave work out.",
  );
});

describe("a source that has no run of a post's own stack", () => {
  let ported: string;
  beforeAll(async () => {
    ported = await mkdtemp(join(tmpdir(), "wirelab-ported-"));
    await measure({ ...small, arms: ["rest", "grpc"], runsFolder: ported });
  }, 60_000);
  afterAll(() => rm(ported, { recursive: true, force: true }));

  it.each([{}, { name: "another" }])("is said in a sentence", async (options) => {
    const replicated = await replicate("003", { ...options, source: ported });
    expect(replicated).toMatchObject({
      runs: [],
      missing: expect.stringMatching(/no run of the post's own/),
    });
    expect(viewOf(replicated)?.html()).toContain("no run of the post");
  });
});
