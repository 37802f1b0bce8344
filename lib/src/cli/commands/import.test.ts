import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunInfo } from "../../record/run-info.js";
import { fixture } from "../../record/tools/testing/fixture.js";
import { cli, temporaryFolder } from "../testing/cli.js";

test("makes a run of a file, which summary then reads", async () => {
  const out = join(await temporaryFolder(), "run");
  const names = ["--arm", "POST /increment=rest", "--arm", "grpc /increment.Incrementer/Increment=grpc"];
  const made = await cli([
    "import",
    fixture("locust-requests.csv.gz"),
    "--out",
    out,
    ...names,
    "--work",
    "increment",
    "--tool-version",
    "2.47.0",
  ]);
  expect(made).toMatchObject({ exitCode: 0 });
  expect(made.stdout).toMatch(/^file: locust-requests\.csv\.gz \(Locust 2\.47\.0, request log of Locust/m);
  expect(made.stdout).toMatch(/^rest ÷ grpc +[\d.]+× .* these processes only$/m);
  expect(readdirSync(out).sort()).toEqual(["calls.parquet", "run.json"]);
  const again = await cli(["summary", out]);
  expect(again.stdout).toBe(made.stdout);
  const info = JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as RunInfo;
  expect([info.work, info.imported?.files[0]?.version, info.arms.length]).toEqual(["increment", "2.47.0", 3]);
  expect(await cli(["import", fixture("hey.csv"), "--out", out])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("not empty"),
  });
});

test("a file without calls is told so, and becomes a table that refute takes", async () => {
  const folder = await temporaryFolder();
  const [out, table] = [join(folder, "run"), join(folder, "wrk.csv")];
  const refused = await cli(["import", fixture("wrk.txt"), "--out", out]);
  expect(refused).toMatchObject({
    exitCode: 2,
    stdout: "",
    stderr: expect.stringMatching(/nobody can make calls of a percentile.*--table/),
  });
  expect(existsSync(out)).toBe(false);
  const written = await cli(["import", fixture("wrk.txt"), "--table", table]);
  expect(written).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("no word for it: p75") });
  expect(readFileSync(table, "utf8")).toMatch(
    /^arm,condition,metric,unit,value,digits\nhttp:\/\/127\.0\.0\.1:5077\/increment,all,count,calls,\d+/,
  );
  expect((await cli(["refute", table])).stdout).toMatch(/rate × \(time of a call \+ pause\) ≤ users/);
});

test("a bad map and a half-read file leave nothing behind", async () => {
  const out = join(await temporaryFolder(), "run");
  expect(await cli(["import", fixture("hey.csv"), "--map", "ms=latency", "--out", out])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/hey\.csv, line 1: there is no column "latency"/),
  });
  expect(existsSync(out)).toBe(false);
});
