import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadClaims, readings } from "../../verdicts/claims.js";
import { expectClaimsOf, expectSameVerdicts, runNotebook, small } from "../testing/notebook-run.js";

test("notebook 01 runs in a small profile, and again from its run folders with the same verdicts", async () => {
  const run = await runNotebook("01", small);
  expectClaimsOf("003", run);
  const claims = loadClaims().filter(({ post }) => post === "003");
  expect(run.verdicts.length).toBe(claims.flatMap(readings).length);
  const folders = await readdir(run.runsFolder);
  const folderOf = (name: string) =>
    join(run.runsFolder, folders.find((folder) => folder.endsWith(`-${name}`)) ?? name);
  const sources = [`source=${folderOf("increment")}`, `notWaitingSource=${folderOf("not-waiting")}`];
  await expectSameVerdicts("01", run, sources);
});
