import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { runNotebook, timeout } from "../testing/notebook-run.js";

test("notebook 00 runs in a small profile", { timeout }, async () => {
  const { verdicts, runsFolder } = await runNotebook("00", ["calls=48"]);
  expect(verdicts).toEqual([]);
  expect(await readdir(runsFolder)).toEqual([expect.stringMatching(/-first-taste$/)]);
});

test("every notebook has its tests beside this one", async () => {
  const notebooks = (await readdir("notebooks")).filter((file) => file.endsWith(".ipynb"));
  expect((await readdir(import.meta.dirname)).sort()).toEqual(
    notebooks.map((file) => `${file.slice(0, 2)}.test.ts`).sort(),
  );
});
