import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { loadClaims, readings } from "../verdicts/claims.js";
import { cli, temporaryFolder } from "./testing/cli.js";

// Two kernels, and servers and clients for every pair.
vi.setConfig({ testTimeout: 240_000 });

const small = ["-p", "calls=60", "-p", "pairs=2"];

async function report(args: readonly string[], folder: string) {
  const env = { WIRELAB_RUNS: join(folder, "runs") };
  const ended = await cli(["run", ...args, "--reports", folder], { env });
  const summary = JSON.parse(await readFile(join(folder, "summary.json"), "utf8"));
  return { ...ended, summary };
}

test("every notebook runs in a small profile, and again from its run folders with the same verdicts", async () => {
  const folder = await temporaryFolder();
  const { exitCode, stdout, summary } = await report(small, folder);
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
  expect(
    summary.notebooks.map(({ name, status }: { name: string; status: string }) => [name, status]),
  ).toEqual(
    (await readdir("notebooks"))
      .filter((file) => file.endsWith(".ipynb"))
      .map((file) => [file.replace(".ipynb", ""), "ok"]),
  );
  const claims = loadClaims().filter(({ post }) => post === "003");
  expect(summary.verdicts.length).toBe(claims.flatMap(readings).length);
  for (const { ratio, low, high, direction } of summary.verdicts) {
    if (direction === "not testable here") expect([ratio, low, high]).toEqual([null, null, null]);
    else expect(low <= ratio && ratio <= high).toBe(true);
  }
  expect(stdout).toContain("In the processes that ran here");

  const runs = (await readdir(join(folder, "runs"))).map((name) => join(folder, "runs", name));
  const source = runs.find((run) => run.endsWith("-increment"));
  const notWaitingSource = runs.find((run) => run.endsWith("-not-waiting"));
  const again = await report(
    ["01", "-p", `source=${source}`, "-p", `notWaitingSource=${notWaitingSource}`],
    join(folder, "again"),
  );
  expect(again.summary.verdicts).toEqual(summary.verdicts);
  await expect(readdir(join(folder, "again", "runs"))).rejects.toThrow(/ENOENT/);
});
