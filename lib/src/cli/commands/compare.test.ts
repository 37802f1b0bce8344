import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createRun } from "../../record/run-folder.js";
import { sampleInfo, samplePart } from "../../record/testing/samples.js";
import { importCalls } from "../../record/tools/import.js";
import { parseColumnMap } from "../../record/tools/own-table/column-map.js";
import { HOSTILE } from "../../show/testing/samples.js";
import { cli, type Ended, temporaryFolder } from "../testing/cli.js";

function compare(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return cli(["compare", ...args], { env: { GITHUB_ACTIONS: "", GITHUB_STEP_SUMMARY: "", ...env } });
}

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../record/tools/fixtures/${name}`, import.meta.url));

/** A run folder of calls of one's own, so many times as slow as usual. */
async function runOf(folder: string, arm: string, factor: number): Promise<string> {
  const rows = Array.from({ length: 2000 }, (_, i) => {
    const ms = factor * (1 + ((i * 7919) % 100) / 400);
    return `${i / 100},${ms.toFixed(4)},"${arm.replaceAll('"', '""')}"`;
  });
  const file = join(folder, `${factor}.csv`);
  await writeFile(file, ["start,ms,arm", ...rows, ""].join("\n"));
  const map = parseColumnMap("start=start,ms=ms,arm=arm");
  const run = await importCalls([file], { folder: join(folder, `run-${factor}`) }, { map });
  return run.folder ?? "";
}

test("a threshold fails a build: status 1, a table for its summary page, a line beside its commit, whatever an arm is called", async () => {
  const folder = await temporaryFolder();
  const arm = `a|b ${HOSTILE}`;
  const runs = [await runOf(folder, arm, 1), await runOf(folder, arm, 1.5)];
  const summary = join(folder, "summary.md");
  await writeFile(summary, "before\n");
  const quoted = `"${arm.replaceAll(/["\\]/g, "\\$&")}"`;
  const failIf = [`median ${quoted} > 1.1 * baseline`, `median ${quoted} > 1 s`];
  const ended = await compare([...runs, ...failIf.flatMap((one) => ["--fail-if", one])], {
    ...{ GITHUB_STEP_SUMMARY: summary, GITHUB_ACTIONS: "true" },
  });
  expect(ended).toMatchObject({ exitCode: 1, stderr: "" });
  expect(ended.stdout).toMatch(/median +slower +1\.50× \(/m);
  expect(ended.stdout).toMatch(/^1 of 2 thresholds failed\.$/m);
  expect(ended.stdout).toMatch(/^::error title=A threshold failed::median/m);
  const text = await readFile(summary, "utf8");
  expect(text).toMatch(/^before\n### Thresholds\n/);
  expect(text).not.toMatch(/<|a\|b/);
  const rows = text.split("\n").filter((line) => line.startsWith("|"));
  expect(new Set(rows.map((row) => row.split("|").length))).toEqual(new Set([6, 8]));
});

test("what is undecided is said, does not fail a build, and does where it is told to", async () => {
  const args = [fixture("locust-requests.csv.gz"), fixture("locust_stats.csv")];
  const failIf = ["--fail-if", 'median "POST /increment" > 1.05 * baseline'];
  const passed = await compare([...args, ...failIf]);
  expect(passed).toMatchObject({ exitCode: 0, stderr: "" });
  expect(passed.stdout).toMatch(
    /^Undecided, since locust_stats\.csv holds what Locust computed .*: median .*$/m,
  );
  expect(passed.stdout).toMatch(/^0 of 1 thresholds failed, 1 undecided\.$/m);
  expect(passed.stdout).toMatch(/^Only in locust_stats\.csv: Aggregated\.$/m);
  const failed = await compare([...args, ...failIf, "--undecided", "fails", "--json"]);
  expect(failed).toMatchObject({ exitCode: 1, stderr: "" });
  expect(JSON.parse(failed.stdout)).toMatchObject({
    failed: true,
    baseline: "locust-requests.csv.gz",
    thresholds: [{ outcome: "undecided", measured: null }],
  });
});

test("what cannot be held fails a build, whatever is said of the undecided", async () => {
  const folder = await temporaryFolder();
  const [before, after] = [await runOf(folder, "rest", 1), await runOf(folder, "post", 1.5)];
  const summary = join(folder, "summary.md");
  const ended = await compare(
    [before, after, "--fail-if", "median rest > 1.1 * baseline", "--summary-file", summary],
    { GITHUB_ACTIONS: "true" },
  );
  expect(ended).toMatchObject({ exitCode: 1, stderr: "" });
  expect(ended.stdout).toMatch(
    /^Cannot be held, since run-1\.5 has no rest: median rest > 1\.1 \* baseline of/m,
  );
  expect(ended.stdout).toMatch(/^0 of 1 thresholds failed, 1 cannot be held\.$/m);
  expect(ended.stdout).toMatch(
    /^::error title=A threshold cannot be held::median .*: cannot be held, since run-1\.5 has no rest$/m,
  );
  expect(await readFile(summary, "utf8")).toMatch(/cannot be held/);
});

test("a run that was killed is compared as far as it came", async () => {
  const writer = createRun(sampleInfo(), { runsFolder: await temporaryFolder() });
  for (const arm of ["rest", "grpc-stream"]) {
    for (let block = 0; block < 12; block++) writer.append(samplePart(arm, 0, block, 50));
  }
  const killed = writer.folder ?? "";
  const { exitCode, stdout } = await compare([killed, killed, "--metric", "median,error rate"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^rest +median +negligible +1\.00×/m);
  expect(stdout).toMatch(/^rest +error rate +undecided .* 14\s%/m);
  expect(stdout).toMatch(/^They are the same run/m);
  expect(stdout).toMatch(/^Of .*increment \(2\): The run was killed.*1,200 calls were kept/m);
});

test.each([
  [["nowhere", fixture("locust_stats.csv")], /no run folder .*nowhere/],
  [[fixture("locust_stats.csv")], /takes two runs or more/],
  [[fixture("locust_stats.csv"), "--fail-if", "p99 Aggregated > 20"], /at character 20: a unit/],
  [[fixture("locust_stats.csv"), "--fail-if", "p99 rest > 20 ms"], /no arm "rest"/],
  [[fixture("locust_stats.csv"), fixture("wrk.txt"), "--metric", "p98"], /choose from median/],
  [["--history", "--metric", "rate"], /A history has median, mean, p90, p95, p99 to choose from/],
])("%j is bad usage", async (args, why) => {
  const { exitCode, stdout, stderr } = await compare(args as string[]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(why);
});
