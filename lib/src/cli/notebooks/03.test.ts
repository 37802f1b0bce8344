import { test } from "vitest";
import { expectClaimsOf, expectSameVerdicts, runNotebook } from "../testing/notebook-run.js";

test("notebook 03 runs in a small profile, and again from its run folders with the same verdicts", async () => {
  const run = await runNotebook("03", ["seconds=1", "rounds=2"]);
  expectClaimsOf("001", run);
  await expectSameVerdicts("03", run, [`source=${run.runsFolder}`]);
});
