import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Comparison } from "../../analysis/types.js";
import type { Warning } from "../../record/run-info.js";
import { sampleInfo } from "../../record/testing/samples.js";
import { temporaryFolder } from "../testing/cli.js";
import { checkNoise, noiseRecord, sayNoise } from "./noise.js";
import { readNoise, writeNoise } from "./noise-record.js";

const { environment } = sampleInfo();

const comparison: Comparison = {
  first: "A",
  second: "B",
  metric: "median",
  ratio: { value: 1.002, low: 0.991, high: 1.008, confidence: 0.99 },
  pairs: 10,
  blocks: 100,
  calls: 20_000,
  scope: "fresh processes on this machine",
  run: "data/runs/20261121T034200Z-noise-rest",
};

const source = { arm: "rest", measuredAt: "2026-11-21T03:42:00.000Z", environment, warnings: [] };
const record = noiseRecord(comparison, source);

test("says the largest difference between two servers that are the same", () => {
  const check = checkNoise(record, environment);
  expect(check).toMatchObject({ state: "ok", advice: null });
  expect(check.found).toMatch(/^differ by no more than 0\.9\s%/);
  expect(check.found).toContain("0.991–1.01×, 10 pairs");
});

test("is missing where nobody has measured it", () => {
  expect(checkNoise(null, environment)).toMatchObject({ state: "missing" });
});

test("tells a report the floor and what it lets be seen, or how to measure it", () => {
  expect(sayNoise(record, environment)).toEqual([
    expect.stringMatching(/^Noise floor: two identical servers differ by no more than 0\.9\s% \(/),
    expect.stringMatching(/^Smallest visible effect: in as many calls none below 0\.9\s%,/),
  ]);
  expect(sayNoise(record, { ...environment, cores: 64 })[2]).toMatch(/^It is stale/);
  expect(sayNoise(null, environment).join(" ")).toMatch(
    /not measured: run wirelab doctor --noise.*not measured/,
  );
});

test.each([
  ["cpu", { cpu: "another" }, "cpu a processor → another"],
  ["cores", { cores: 4 }, "cores 2 → 4"],
  ["node", { node: "v24.1.0" }, "node v20.20.2 → v24.1.0"],
  ["a package", { packages: { express: "5.4.0" } }, "express 5.3.0 → 5.4.0"],
  ["a package that is new", { packages: { express: "5.3.0", undici: "7.0.0" } }, "undici none → 7.0.0"],
])("is stale when %s has changed", (_what, change, said) => {
  const check = checkNoise(record, { ...environment, ...change });
  expect(check.state).toBe("careful");
  expect(check.advice).toContain(`It is stale, the machine has changed (${said})`);
});

test("what does not decide the noise makes nothing stale", () => {
  expect(checkNoise(record, { ...environment, gitCommit: "abc", gitDirty: true, memoryBytes: 5 }).state).toBe(
    "ok",
  );
});

test("two servers that are called different are said to be", () => {
  const different = { ...record, ratio: { ...record.ratio, low: 1.01, high: 1.03 } };
  const check = checkNoise(different, environment);
  expect(check).toMatchObject({ state: "careful" });
  expect(check.advice).toMatch(/leaves out 1/);
});

test("is to be renewed when the machine was disturbed, not when the run had some other warning", () => {
  const warning = (code: Warning["code"]) => ({ code, message: `It was ${code}.`, advice: "" });
  const disturbed = noiseRecord(comparison, { ...source, warnings: [warning("busy-machine")] });
  expect(checkNoise(disturbed, environment)).toMatchObject({
    state: "careful",
    advice: expect.stringMatching(/^It was busy-machine\. Renew it with/),
  });
  const other = noiseRecord(comparison, { ...source, warnings: [warning("still-warming-up")] });
  expect(checkNoise(other, environment).state).toBe("ok");
});

test("is kept whole, and what cannot be read counts as not measured", async () => {
  const path = join(await temporaryFolder(), "runs", ".noise.json");
  expect(await readNoise(path)).toBeNull();
  await writeNoise(path, record);
  expect(await readNoise(path)).toEqual(record);
  await writeFile(path, (await readFile(path, "utf8")).slice(0, 50));
  expect(await readNoise(path)).toBeNull();
});

test("a folder that cannot be made is a sentence", async () => {
  const file = join(await temporaryFolder(), "file");
  await writeFile(file, "");
  await expect(writeNoise(join(file, "noise.json"), record)).rejects.toThrow(/could not be kept in/);
});
