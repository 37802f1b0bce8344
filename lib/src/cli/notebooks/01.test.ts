import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findPython } from "../../hosts/python/find.js";
import { loadClaims, readings } from "../../verdicts/published/claims.js";
import { expectClaimsOf, expectSameVerdicts, runNotebook, timeout } from "../testing/notebook-run.js";

test("notebook 01 runs in a small profile, and again from its run folders with the same verdicts", {
  timeout,
}, async () => {
  const run = await runNotebook("01", ["calls=48", "pairs=1"]);
  expectClaimsOf("003", run);
  const claims = loadClaims().filter(({ post }) => post === "003");
  const replicated = run.verdicts.filter(({ stack }) => stack.startsWith("replicated: "));
  expect(run.verdicts.length - replicated.length).toBe(claims.flatMap(readings).length);
  expect(replicated.length > 0).toBe((await findPython()).kind === "ready");
  const folders = await readdir(run.runsFolder);
  const folderOf = (name: string) =>
    join(run.runsFolder, folders.find((folder) => folder.endsWith(`-${name}`)) ?? name);
  const sources = [
    `source=${folderOf("increment")}`,
    `replicatedSource=${replicated.length > 0 ? folderOf("increment-python") : ""}`,
    `suspectsSource=${replicated.length > 0 ? folderOf("suspects") : ""}`,
    `pathSource=${replicated.length > 0 ? folderOf("increment-path") : ""}`,
    `notWaitingSource=${folderOf("not-waiting")}`,
  ];
  await expectSameVerdicts("01", run, sources);
});
