import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { loadClaims, readings } from "../verdicts/claims.js";
import { cli, temporaryFolder } from "./testing/cli.js";

// Kernels, and servers, clients and links for every pair.
vi.setConfig({ testTimeout: 480_000 });

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
  const of = (post: string, from: typeof summary) =>
    from.verdicts.filter((verdict: { post: string }) => verdict.post === post);
  const claims = loadClaims();
  expect(of("003", summary).length).toBe(
    claims.filter(({ post }) => post === "003").flatMap(readings).length,
  );
  // A claim may have a verdict under several conditions: on one processor as well, by many callers as well.
  for (const post of ["000", "002"]) {
    expect(new Set(of(post, summary).map(({ claim }: { claim: string }) => claim))).toEqual(
      new Set(claims.filter((claim) => claim.post === post).map(({ id }) => id)),
    );
  }
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
  expect(again.summary.verdicts).toEqual(of("003", summary));
  for (const [notebook, post] of [
    ["02", "000"],
    ["04", "002"],
  ] as const) {
    const read = await report([notebook, "-p", `source=${join(folder, "runs")}`], join(folder, "again"));
    expect(read.summary.verdicts).toEqual(of(post, summary));
  }
  await expect(readdir(join(folder, "again", "runs"))).rejects.toThrow(/ENOENT/);
});
