import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { environment, verdict } from "../../notebook/testing/fixed.js";
import type { Verdict } from "../../verdicts/types.js";
import { cli, type Ended, temporaryFolder } from "../testing/cli.js";

async function summaryOf(
  verdicts: readonly Verdict[],
  folder?: string,
  name = "summary.json",
): Promise<string> {
  const path = join(folder ?? (await temporaryFolder()), name);
  await writeFile(
    path,
    JSON.stringify({ environment, notebooks: [{ name: "01", status: "failed" }], verdicts }),
  );
  return path;
}

function check(...args: readonly string[]): Promise<Ended> {
  return cli(["check", ...args], { env: { GITHUB_ACTIONS: "" } });
}

const holds: Verdict = { ...verdict, direction: "holds", low: 2, high: 3 };

test("a baseline is saved, held against, and left with status 1", async () => {
  const folder = await temporaryFolder();
  const summary = await summaryOf([holds], folder);
  const baseline = join(folder, "baseline.json");
  const saved = await check(summary, "--baseline", baseline, "--save");
  expect(saved).toMatchObject({ exitCode: 0, stderr: "" });
  expect(saved.stdout).toMatch(/^Saved 1 verdicts as .*baseline\.json\. 01 did not run to the end\.$/m);
  expect(JSON.parse(await readFile(baseline, "utf8"))).toEqual({ environment, verdicts: [holds] });

  const same = await check(summary, "--baseline", baseline);
  expect(same).toMatchObject({ exitCode: 0, stderr: "" });
  expect(same.stdout).toMatch(/^0 of 1 verdicts left .*, 1 stays\.$/m);

  const moved = await summaryOf([{ ...holds, low: 4, high: 5 }], folder, "moved.json");
  const left = await cli(["check", moved, "--baseline", baseline], { env: { GITHUB_ACTIONS: "true" } });
  expect(left.exitCode).toBe(1);
  expect(left.stdout).toMatch(/holds, 2\.00–3\.00× +holds, 4\.00–5\.00× +left: the intervals do not meet$/m);
  expect(left.stdout).toMatch(/^ {2}now: .* 4 to 5 times/m);
  expect(left.stdout).toMatch(/^::error title=A verdict left its baseline::.*%0A {2}baseline: /m);

  const { stdout, exitCode } = await check(moved, "--baseline", baseline, "--json");
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    left: 1,
    differs: [],
    unfinished: ["01"],
    compared: [{ outcome: "moved" }],
  });
});

test("what cannot be held against each other is a sentence and status 2", async () => {
  const folder = await temporaryFolder();
  const summary = await summaryOf([holds], folder);
  const other = await summaryOf([{ ...holds, conditions: "another" }], folder, "other.json");
  const ended = await check(summary, "--baseline", other);
  expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
  expect(ended.stderr).toMatch(/^No verdict of .*summary\.json is one of .*other\.json.*\.\n$/);
});
