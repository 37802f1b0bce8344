import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRunFile, runFileName, writeRunFile } from "./run-json.js";
import { sampleInfo, temporaryFolder } from "./testing/samples.js";

const round = (block: number) => ({
  arm: `"rest"\n`,
  pair: 0,
  block,
  calls: 20,
  cpuMs: 1.234,
  clientCpuMs: 0.5,
  residentBytes: null,
  peakBytes: 1e8,
});

test.each([0, 1, 3])("usage of %i rounds is a line each, and comes back as it was", (rounds) => {
  const folder = temporaryFolder();
  const wireOf = (block: number) => {
    return { arm: "rest", pair: 0, block, calls: 10, sentBytes: 1500, receivedBytes: 2500 };
  };
  const info = sampleInfo({
    usage: Array.from({ length: rounds }, (_, block) => round(block)),
    wire: Array.from({ length: rounds }, (_, block) => wireOf(block)),
  });
  const proof = { rows: 1, sizeBytes: 2, crc32: 3 };
  writeRunFile(folder, info, proof);
  expect(readRunFile(folder)).toEqual({ kind: "whole", info, parquet: proof });
  const lines = readFileSync(join(folder, runFileName), "utf8").split("\n");
  expect(lines.filter((line) => line.includes("cpuMs"))).toHaveLength(rounds);
  expect(lines.filter((line) => line.includes("sentBytes"))).toHaveLength(rounds);
});

test("a run of before works had sizes opens with none", () => {
  const folder = temporaryFolder();
  const { size: _, ...old } = sampleInfo({ size: 3 });
  writeFileSync(join(folder, runFileName), JSON.stringify(old));
  expect(readRunFile(folder)).toMatchObject({ kind: "whole", info: { size: null } });
});

test("a run of before usage was read opens without any, and says why", () => {
  const folder = temporaryFolder();
  const { usage: _, usageMissing: __, wire: ___, stopAfter: ____, ...old } = sampleInfo();
  writeFileSync(join(folder, runFileName), JSON.stringify(old));
  expect(readRunFile(folder)).toMatchObject({
    kind: "whole",
    info: { usage: [], wire: [], stopAfter: {}, usageMissing: expect.stringContaining("did not look") },
  });
});
