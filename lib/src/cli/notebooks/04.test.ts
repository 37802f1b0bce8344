import { test } from "vitest";
import { expectClaimsOf, expectSameVerdicts, runNotebook, small } from "../testing/notebook-run.js";

test("notebook 04 runs in a small profile, and again from its run folders with the same verdicts", async () => {
  const run = await runNotebook("04", small);
  expectClaimsOf("002", run);
  await expectSameVerdicts("04", run, [`source=${run.runsFolder}`]);
});
