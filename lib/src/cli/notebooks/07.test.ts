import { expect, test } from "vitest";
import { runNotebook } from "../testing/notebook-run.js";

test("notebook 07 reads the samples, and measures nothing", async () => {
  const { stdout, verdicts } = await runNotebook("07", []);
  expect(verdicts).toEqual([]);
  expect(stdout).not.toMatch(/null/);
});
