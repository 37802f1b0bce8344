import { test } from "vitest";
import { expectClaimsOf, runNotebook, small } from "../testing/notebook-run.js";

test("notebook 04 runs in a small profile", async () => {
  expectClaimsOf("002", await runNotebook("04", small));
});
