import { test } from "vitest";
import { expectClaimsOf, expectSameVerdicts, runNotebook } from "../testing/notebook-run.js";

test("notebook 05 runs in a small profile, and again from its run folders with the same verdicts", async () => {
  const run = await runNotebook("05", ["seconds=1", "rounds=2"]);
  expectClaimsOf("004", run);
  await expectSameVerdicts("05", run, [`source=${run.runsFolder}`]);
});
