import { test } from "vitest";
import { expectClaimsOf, expectSameVerdicts, runNotebook, small } from "../testing/notebook-run.js";

test("notebook 02 runs in a small profile, and again from its run folders with the same verdicts", async () => {
  const run = await runNotebook("02", small);
  expectClaimsOf("000", run);
  await expectSameVerdicts("02", run, [`source=${run.runsFolder}`]);
});
