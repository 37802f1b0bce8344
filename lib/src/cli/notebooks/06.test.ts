import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { runNotebook, timeout } from "../testing/notebook-run.js";

// That its runs are read again as they were measured is tested beside the ladder, the conditions, the map and the mechanisms.
test("notebook 06 runs in a small profile, judges no claim, and links its last sentences to what shows them", {
  timeout,
}, async () => {
  const { verdicts, page: file } = await runNotebook("06", [
    "calls=24",
    "pairs=1",
    "conditionCalls=32",
    "crosses=0",
    "mapCalls=32",
    "bodies=16,4096",
    "crowds=1,4",
    "mechanisms=grpc-js",
    "mechanismCalls=12",
    "farMs=3",
  ]);
  expect(verdicts).toEqual([]);
  const page = await readFile(file, "utf8");
  const links = [...page.matchAll(/href="#((?:figure|table)-[\w-]+)"/g)].map(([, id]) => id);
  expect(new Set(links).size).toBe(6);
  for (const id of links) expect(page).toContain(`id="${id}"`);
});
