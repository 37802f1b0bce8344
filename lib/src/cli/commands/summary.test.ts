import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { measure } from "../../experiment/measure.js";
import { createRun } from "../../record/run-folder.js";
import { sampleInfo, samplePart } from "../../record/testing/samples.js";
import { findRun } from "../arguments/find-run.js";
import { cli, temporaryFolder } from "../testing/cli.js";
import type { RunSummary } from "../text/run-summary.js";

let measured = "";

beforeAll(async () => {
  const { mkdtemp } = await import("node:fs/promises");
  const { tmpdir } = await import("node:os");
  const runsFolder = await mkdtemp(join(tmpdir(), "wirelab-cli-runs-"));
  const run = await measure({
    arms: ["rest", "grpc"],
    pairs: 1,
    blocks: 6,
    warmupBlocks: 1,
    callsPerRound: 40,
    seed: 1,
    host: "in-process",
    runsFolder,
  });
  measured = run.folder ?? "";
  return () => rm(runsFolder, { recursive: true, force: true });
});

test("prints the card, a row an arm, and the ratio to the first", async () => {
  const { exitCode, stdout, stderr } = await cli(["summary", measured]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(/^seed: 1$/m);
  expect(stdout).toMatch(/^measured: .*, finished$/m);
  expect(stdout).toMatch(
    /^arm +calls +failed +p50 +99 % interval +p90 +p95 +p99 +mean +max +calls\/s +server CPU$/m,
  );
  expect(stdout).toMatch(/^rest +2[48]0 +0 +[\d.]+/m);
  expect(stdout).toMatch(/^grpc ÷ rest +[\d.]+× /m);
  expect(stdout).toMatch(/^rest: p99 needs \d+ calls/m);
});

test("columns of numbers are aligned", async () => {
  const { stdout } = await cli(["summary", measured]);
  const table = stdout.split("\n\n").find((paragraph) => paragraph.startsWith("arm ")) ?? "";
  const lengths = table.split("\n").map((line) => [...line].length);
  expect(lengths).toHaveLength(3);
  expect(new Set(lengths).size).toBe(1);
});

test("--json prints the same numbers for programs", async () => {
  const { exitCode, stdout } = await cli(["summary", measured, "--json"]);
  expect(exitCode).toBe(0);
  const summary = JSON.parse(stdout) as RunSummary;
  expect(summary.info).toMatchObject({ seed: 1, status: "finished" });
  expect(summary.arms.map(({ arm, failed }) => [arm, failed])).toEqual([
    ["rest", 0],
    ["grpc", 0],
  ]);
  expect(summary.ratios).toMatchObject([{ first: "grpc", second: "rest", scope: "these processes only" }]);
});

test("a run that was killed is summarised as one", async () => {
  const info = sampleInfo({ warnings: [{ code: "cut-off", message: "\u001b[2J is cut off.", advice: "" }] });
  const writer = createRun(info, { runsFolder: await temporaryFolder() });
  for (const arm of ["rest", "grpc-stream"]) {
    for (const block of [0, 1, 2]) writer.append(samplePart(arm, 0, block, 50));
  }
  const { exitCode, stdout } = await cli(["summary", writer.folder ?? ""]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^measured: .*, interrupted: The run was killed/m);
  expect(stdout).toMatch(/^warning: .*300 calls were kept/m);
  expect(stdout).toMatch(/^rest +\d+ +2\d /m);
  // A warning can name a file of somebody else's.
  expect(stdout).not.toContain("\u001b");
  expect(stdout).toContain("\\u001b[2J is cut off.");
});

test.each([0, 1])(
  "a run that was interrupted after %i calls of its first arm is summarised",
  async (calls) => {
    const writer = createRun(sampleInfo(), { runsFolder: await temporaryFolder() });
    if (calls > 0) writer.append(samplePart("rest", 0, 0, calls));
    await writer.finish({ ...sampleInfo(), status: "interrupted" });
    const { exitCode, stdout, stderr } = await cli(["summary", writer.folder ?? ""]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/^No ratio of grpc-stream: the run ended before it called /m);
  },
);

test("a damaged run is one sentence and status 1", async () => {
  const folder = join(await temporaryFolder(), "run");
  await cp(measured, folder, { recursive: true });
  await writeFile(join(folder, "run.json"), "{");
  const { exitCode, stdout, stderr } = await cli(["summary", folder]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toMatch(/^The run in .* cannot be opened because of its run\.json/);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test("a run is meant by its path, or by its name in the folder of runs", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "some-run"), "");
  expect(findRun("some-run", folder)).toBe(join(folder, "some-run"));
  expect(findRun("other-run", folder)).toBe("other-run");
  expect(findRun(measured, folder)).toBe(measured);
});
