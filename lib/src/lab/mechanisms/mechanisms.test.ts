import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { anotherNode } from "../../hosts/testing/another-node.js";
import type { Run } from "../../record/run.js";
import { temporaryFolder } from "../../record/testing/samples.js";
import { viewOf } from "../../show/display.js";
import { mechanismEntries } from "./entries.js";
import { mechanisms } from "./mechanisms.js";

const least = { calls: 6, blocks: 2, pairs: 1 };

function runNamed(runs: readonly Run[], name: string): Run {
  const run = runs.find(({ info }) => info.name === `mechanisms-${name}`);
  if (run === undefined) throw new Error(`no run is named ${name}`);
  return run;
}

test("what follows from the runs of a mechanism is kept with the run that tests it, and no other prediction counts", async () => {
  const runsFolder = temporaryFolder();
  const which = ["grpc-js"];
  const measured = await mechanisms({ ...least, which, runsFolder });
  const names = measured.runs.map(({ info }) => info.name);
  expect(names).toEqual(["mechanisms-grpc-js-small", "mechanisms-grpc-js-larger"]);
  const { info, folder } = runNamed(measured.runs, "grpc-js-larger");
  expect(info.foretold).toEqual([{ arm: "grpc", beside: "grpc-http2", times: 1, addMs: expect.any(Number) }]);
  const [held] = measured.tests;
  // Six calls may find grpc-js the faster of the two, by more than there is time to predict.
  if (held?.ratio != null) {
    expect(held.ratio.value).toBeCloseTo((held.measuredMs ?? 0) / (held.predictedMs ?? 0), 9);
  }

  const source = { ...least, which, source: runsFolder };
  const read = await mechanisms(source);
  expect(read.tests).toEqual(measured.tests);
  const path = join(folder ?? "", "run.json");
  const changed = JSON.parse(readFileSync(path, "utf8"));
  changed.foretold[0].addMs *= 1.01;
  writeFileSync(path, JSON.stringify(changed));
  const { tests } = await mechanisms(source);
  expect(tests.map(({ ratio, missing }) => [ratio, missing])).toEqual([
    [null, expect.stringContaining("is not what follows from the runs")],
  ]);
});

test("a mechanism whose run fails is shown with the reason, and the others stand", async () => {
  const otherNode = anotherNode(temporaryFolder(), { runs: false });
  const which = ["node", "connections"];
  const found = await mechanisms({ ...least, which, otherNode, runsFolder: temporaryFolder() });
  const [node, oneConnection, manyConnections] = found.tests;
  expect(node).toMatchObject({ ratio: null, missing: expect.stringContaining("stopped early") });
  expect(oneConnection?.ratio).not.toBeNull();
  expect(manyConnections?.ratio).not.toBeNull();
  const { foretold } = runNamed(found.runs, "connections-two-workers").info;
  expect(foretold[0]).toEqual({ arm: "one-connection", beside: "one-worker", times: 1, addMs: 0 });
  expect(foretold[1]?.times).toBeLessThanOrEqual(1.5);
  expect(viewOf(found)?.text()).toContain("Express on another Node: a REST call");
});

test("what cannot be tried here is left out and says why, and an unknown mechanism is refused", async () => {
  const none = await mechanisms({ which: ["node"], otherNode: process.execPath });
  expect(none.tests).toEqual([]);
  expect(viewOf(none)?.text()).toMatch(/Another version of Node was left out, because .* as well/);
  await expect(mechanisms({ which: ["luck"] })).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining("choose from window, node, base64, grpc-js, connections"),
  });
  const alone = mechanismEntries
    .find(({ name }) => name === "connections")
    ?.make({
      effort: { pairs: 1, blocks: 2, callsPerRound: 1, roundMs: 100 },
      otherNode: "",
      processors: 1,
    });
  expect(alone).toMatchObject({ leftOut: expect.stringContaining("need 2 processors") });
});
