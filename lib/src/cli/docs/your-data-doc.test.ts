import { spawnSync } from "node:child_process";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { projectRoot } from "../../root.js";
import { temporaryFolder } from "../testing/cli.js";

const text = await readFile(join(projectRoot, "docs", "your-data.md"), "utf8");
const fixture = fileURLToPath(new URL("../../record/tools/fixtures/k6.json.gz", import.meta.url));

/** Runs documented lines in a shell that finds `wirelab` where `npx` does. */
async function runLines(lines: string, cwd: string) {
  const summaryPage = join(cwd, "summary.md");
  const { status, stdout } = spawnSync("sh", ["-euc", lines.replaceAll("npx wirelab", "wirelab")], {
    cwd,
    encoding: "utf8",
    env: {
      ...process.env,
      PATH: `${join(projectRoot, "node_modules", ".bin")}:${process.env.PATH}`,
      ...{ GITHUB_STEP_SUMMARY: summaryPage, GITHUB_ACTIONS: "", WIRELAB_RUNS: join(cwd, "none") },
    },
  });
  return { status, stdout, summary: await readFile(summaryPage, "utf8").catch(() => "") };
}

test("every marked block is run below", () => {
  expect([...text.matchAll(/^```sh ?(.*)$/gm)].map(([, mark]) => mark)).toEqual(["compare", "history"]);
});

test("the documented commands compare, tell of no history, and fill the summary page", async () => {
  const folder = await temporaryFolder();
  await Promise.all(["before", "after"].map((side) => copyFile(fixture, join(folder, `${side}.json.gz`))));
  const [compare = "", history = ""] = [...text.matchAll(/^```sh \w+\n(.*)\n```$/gm)].map(
    ([, line]) => line ?? "",
  );
  const { status, stdout, summary } = await runLines(compare, folder);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^error rate "POST add, two numbers" > 1 % +fails /m);
  expect(summary).toMatch(/^### Thresholds\n\n\| fail if \|/);
  expect(await runLines(history, folder)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^There are no runs in/),
  });
});

test("the steps of the GitHub Actions example import turns as pairs, and compare them", async () => {
  const wirelab = join(await temporaryFolder(), "wirelab");
  await mkdir(wirelab);
  const above = dirname(wirelab);
  for (const side of ["before", "after"]) {
    for (const turn of [1, 2]) await copyFile(fixture, join(above, `${side}-${turn}.json.gz`));
  }
  const lines = [...text.matchAll(/^ {10}(npx wirelab .*)$/gm)].map(([, line]) => line);
  expect(lines).toHaveLength(3);
  const { status, stdout, summary } = await runLines(lines.join("\n"), wirelab);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^after against the baseline before/m);
  expect(stdout).toMatch(/^0 of \d+ thresholds failed/m);
  expect(summary).toContain("### after against the baseline before");
});
