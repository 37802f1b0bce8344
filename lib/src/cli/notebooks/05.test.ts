import { test } from "vitest";
import {
  expectClaimsOf,
  expectPortedOnly,
  runNotebook,
  timeout,
  withoutPython,
} from "../testing/notebook-run.js";

// That a load's notebook comes to the same verdicts from its run folders is tested with notebook 03; loads by Locust are tested
// beside `lab.replicate`.
test("notebook 05 runs in a small profile without Python", { timeout }, async () => {
  const run = await runNotebook("05", ["seconds=1", "rounds=2"], withoutPython);
  expectClaimsOf("004", run);
  expectPortedOnly(run);
});
