import { readdirSync, watch } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { anotherNode } from "../../hosts/testing/another-node.js";
import { temporaryFolder } from "../../record/testing/samples.js";
import { viewOf } from "../../show/display.js";
import { map } from "../map/map.js";
import { claimConditions } from "./claim-conditions.js";
import { conditions } from "./conditions.js";

/** Calls back when so many run folders are there; ends with the test. */
function watchForRuns(folder: string, count: number, then: () => void): void {
  const watcher = watch(folder, () => readdirSync(folder).length >= count && then());
  onTestFinished(() => watcher.close());
}

const least = { calls: 6, blocks: 2, pairs: 1 };

test("every factor is flipped, a flip that fails is said, and a source shows the same numbers", async () => {
  const runsFolder = temporaryFolder();
  const otherNode = anotherNode(temporaryFolder(), { runs: false });
  const options = { ...least, sizesBytes: [], roundTripsMs: [1.5], callers: [2], otherNode, crosses: 1 };
  const measured = await conditions({ ...options, runsFolder });
  const factors = ["connection", "codec", "client library", "round trip", "callers", "encryption"];
  expect(measured.effects.map(({ factor }) => factor)).toEqual([...factors, "host", "Node"]);
  for (const { factor, effect, missing } of measured.effects) {
    expect(effect === null).toBe(factor === "Node");
    expect(missing === "").toBe(factor !== "Node");
  }
  const [baseline] = measured.runs;
  expect(baseline?.info).toMatchObject({ name: "conditions", work: "payload", size: 1024, host: "child" });
  const text = viewOf(measured)?.text() ?? "";
  expect(text).toMatch(/With Node 99\.1\.0 nothing was measured: The run stopped early/);
  expect(text).toContain("in one process with the client, which carries no verdict alone");

  const claims = claimConditions(measured);
  expect(viewOf(claims)?.html()).toMatch(/data-wirelab="claim-conditions">\[\{"claim":"\d+-/);
  expect(
    claims.conditions.every(({ notFlipped }) => notFlipped.includes("Python's servers and clients")),
  ).toBe(true);

  const read = await conditions({ ...options, source: runsFolder });
  expect(read.baseline).toEqual(measured.baseline);
  expect(read.effects.map(({ effect }) => effect)).toEqual(measured.effects.map(({ effect }) => effect));
  expect(viewOf(read)?.text()).not.toContain("had been measured before");
  await expect(conditions({ source: temporaryFolder() })).rejects.toMatchObject({ code: "not-enough-data" });
});

test("a map measures each cell, and goes on with one that was interrupted", async () => {
  const runsFolder = temporaryFolder();
  const grid = { x: { sizesBytes: [16, 4096] }, y: { callers: [1, 2] }, calls: 4, blocks: 2, runsFolder };
  const stop = new AbortController();
  watchForRuns(runsFolder, 2, () => stop.abort());
  await expect(map({ ...grid, signal: stop.signal })).rejects.toMatchObject({ code: "interrupted" });
  const { rows, runs } = await map(grid);
  expect(rows.map(({ tick, cells }) => [tick, cells.map(({ missing }) => missing)])).toEqual([
    ["1", ["", ""]],
    ["2", ["", ""]],
  ]);
  expect(runs.map(({ info }) => [info.size, info.arms[0]?.callers])).toEqual([
    ...[
      [16, 1],
      [4096, 1],
      [16, 2],
      [4096, 2],
    ],
  ]);
  expect(new Set(runs.map(({ info }) => info.seed)).size).toBe(1);
});

test("an axis that cannot be is refused with the reason", async () => {
  const sizes = { sizesBytes: [16, 32] };
  const refused = (x: object, y: object) =>
    expect(map({ x: x as typeof sizes, y: y as typeof sizes })).rejects.toMatchObject({ code: "usage" });
  await refused({ bytes: [1, 2] }, sizes);
  await refused({ callers: [1] }, sizes);
  await refused({ callers: [2, 1] }, sizes);
  await refused({ roundTripsMs: [0, 1] }, sizes);
  await refused(sizes, sizes);
});
