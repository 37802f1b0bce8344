import { test } from "vitest";
import { expectClaimsOf, runNotebook, small, timeout } from "../testing/notebook-run.js";

test("notebook 04 runs in a small profile", { timeout }, async () => {
  expectClaimsOf("002", await runNotebook("04", small));
});
