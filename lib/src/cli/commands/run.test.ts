import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { code, notebookOf, prose, writeNotebooks } from "../../notebook/testing/notebooks.js";
import { cli, startCli, temporaryFolder } from "../testing/cli.js";

// Every test starts real kernels, some two.
const parameters = code("let calls = 10; // calls of each arm", { tags: ["parameters"] });
const good = notebookOf(prose("# A good one"), parameters, code("console.log(calls * 2)"));
const bad = notebookOf(prose("# A bad one"), code('throw new Error("on purpose")'));

test("runs notebooks, prints the table, leaves pages, index and summary", async () => {
  const folder = await writeNotebooks({ good });
  const reports = join(folder, "reports");
  const file = join(folder, "notebooks", "good.ipynb");
  const { exitCode, stdout, stderr } = await cli(["run", file, "-p", "calls=21", "--reports", reports]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^notebook +status +seconds +page\ngood +ok +[\d.]+ +\S+good\.html\n/);
  expect(stdout).toContain(`Report: ${join(reports, "index.html")}`);
  expect(stderr).toMatch(/good \(1 of 1\), cell \d of 4/);
  expect(await readFile(join(reports, "good.html"), "utf8")).toContain("42");
  expect((await stat(join(reports, "index.html"))).size).toBeGreaterThan(1000);
});

test("a cell that throws: status 1, the reason and the page named, the next notebook run", async () => {
  const folder = await writeNotebooks({ bad, good });
  const [first, second] = ["bad", "good"].map((name) => join(folder, "notebooks", `${name}.ipynb`));
  const reports = join(folder, "reports");
  const { exitCode, stdout } = await cli(["run", first ?? "", second ?? "", "--reports", reports]);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^bad +failed +[\d.]+ +\S+bad\.html$/m);
  expect(stdout).toMatch(/^bad: Cell 2: .*on purpose/m);
  expect(stdout).toMatch(/^good +ok /m);
});

test("--json prints summary.json and nothing else", async () => {
  const folder = await writeNotebooks({ good });
  const reports = join(folder, "reports");
  const { stdout } = await cli([
    "run",
    join(folder, "notebooks", "good.ipynb"),
    "--reports",
    reports,
    "--json",
  ]);
  expect(stdout).toBe(await readFile(join(reports, "summary.json"), "utf8"));
  expect(JSON.parse(stdout)).toMatchObject({
    notebooks: [{ name: "good", status: "ok", page: "good.html", reason: null }],
  });
});

test.each([
  ["speed=1", /parameter speed; they know: calls/],
  ["calls=many", /parameter calls must be a number/],
])("-p %s is refused before anything runs", async (parameter, sentence) => {
  const folder = await writeNotebooks({ good });
  const reports = join(folder, "reports");
  const notebook = join(folder, "notebooks", "good.ipynb");
  const { exitCode, stderr } = await cli(["run", notebook, "-p", parameter, "--reports", reports]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(sentence);
  await expect(stat(reports)).rejects.toThrow("ENOENT");
});

test("Ctrl-C in the middle of a measurement: status 130, pages written, calls kept, no process left", async () => {
  const runs = await temporaryFolder();
  const measuring = code(`import { measure } from "wirelab";
const run = await measure({ arms: ["rest"], warmupBlocks: 0, blocks: 60000, runsFolder: ${JSON.stringify(runs)} });`);
  const folder = await writeNotebooks({ measuring: notebookOf(prose("# Long"), measuring), good });
  const reports = join(folder, "reports");
  const files = ["measuring", "good"].map((name) => join(folder, "notebooks", `${name}.ipynb`));
  const running = startCli(["run", ...files, "--reports", reports]);
  await running.seen("stderr", /cell 2 of 2: pair 1/);
  expect(process.platform !== "linux" || running.left().length > 2).toBe(true);
  running.child.kill("SIGINT");
  const { exitCode, stdout, stderr } = await running.ended;
  expect(exitCode).toBe(130);
  expect(stderr).toContain("Stopping");
  expect(stdout).toMatch(/^measuring +interrupted /m);
  expect(stdout).toMatch(/^good +waiting /m);
  expect(await readFile(join(reports, "index.html"), "utf8")).toContain("measuring");
  await expect.poll(() => running.left(), { timeout: 10_000 }).toEqual([]);
  const summary = await cli(["summary", join(runs, (await readdir(runs))[0] ?? "")]);
  expect(summary.stdout).toMatch(/^measured: .*, interrupted: /m);
  expect(summary.stdout).toMatch(/^rest +[1-9]/m);
});
