import { test } from "vitest";
import {
  expectClaimsOf,
  expectPortedOnly,
  expectSameVerdicts,
  runNotebook,
  timeout,
  withoutPython,
} from "../testing/notebook-run.js";

test("notebook 03 runs in a small profile without Python, and again from its run folders with the same verdicts", {
  timeout,
}, async () => {
  const run = await runNotebook("03", ["seconds=1", "rounds=2"], withoutPython);
  expectClaimsOf("001", run);
  expectPortedOnly(run);
  await expectSameVerdicts("03", run, [`source=${run.runsFolder}`]);
});
