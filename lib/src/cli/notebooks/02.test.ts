import { test } from "vitest";
import {
  expectClaimsOf,
  expectPortedOnly,
  expectSameVerdicts,
  runNotebook,
  timeout,
  withoutPython,
} from "../testing/notebook-run.js";

test("notebook 02 runs in a small profile without Python, and again from its run folders with the same verdicts", {
  timeout,
}, async () => {
  // Ten runs of six links and three hosts: a pair each is enough, since no claim here is of memory.
  const run = await runNotebook("02", ["calls=48", "pairs=1"], withoutPython);
  expectClaimsOf("000", run);
  expectPortedOnly(run);
  await expectSameVerdicts("02", run, [`source=${run.runsFolder}`]);
});
