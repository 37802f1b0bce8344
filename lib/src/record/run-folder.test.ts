import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { callsFromParts } from "./calls-table.js";
import { type Disk, realDisk } from "./disk.js";
import { openRun } from "./run.js";
import { createRun } from "./run-folder.js";
import type { RunInfo, Warning } from "./run-info.js";
import { rowsOf, sampleInfo, samplePart, temporaryFolder } from "./testing/samples.js";

const parts = [
  samplePart("rest", 0, 0, 10),
  samplePart("grpc-stream", 0, 1, 10),
  samplePart("rest", 1, 0, 10, 10),
];
const finished: Partial<RunInfo> = {
  status: "finished",
  finishedAt: "2026-11-21T03:43:00.000Z",
  warmFromBlock: [1, 0],
};
const expectedRows = rowsOf(callsFromParts(parts, { warmFromBlock: [1, 0] }));

/** A disk that is full from the `after`-th frame on, of which it still takes a torn piece. */
function fullDisk(after: number, changes: Partial<Disk> = {}): Disk {
  const noSpace = () =>
    Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  let frames = 0;
  return {
    ...realDisk,
    write(fileDescriptor, bytes) {
      if (++frames < after) return writeSync(fileDescriptor, bytes);
      if (frames === after) return writeSync(fileDescriptor, bytes.subarray(0, 100));
      throw noSpace();
    },
    writeParquet: async () => {
      throw noSpace();
    },
    ...changes,
  };
}

test("a finished run is a folder of run.json and calls.parquet, and gives its calls", async () => {
  const runsFolder = join(temporaryFolder(), "data", "runs");
  const writer = createRun(sampleInfo(), { runsFolder });
  for (const part of parts) writer.append(part);
  const run = await writer.finish(sampleInfo(finished));
  expect(run.folder).toBe(join(runsFolder, "20261121T034200Z-increment"));
  expect(readdirSync(run.folder ?? "").sort()).toEqual(["calls.parquet", "run.json"]);
  expect(run.info).toEqual(sampleInfo(finished));
  expect(run.warnings).toEqual([]);
  expect(rowsOf(await run.calls())).toEqual(expectedRows);
  const again = await openRun(run.folder ?? "");
  expect(again.info).toEqual(run.info);
  expect(await again.calls()).toEqual(await run.calls());
});

test("runs that start in the same second get folders of their own", () => {
  const runsFolder = temporaryFolder();
  const folders = [1, 2, 3].map(() => basename(createRun(sampleInfo(), { runsFolder }).folder ?? ""));
  const first = "20261121T034200Z-increment";
  expect(folders).toEqual([first, `${first}-2`, `${first}-3`]);
});

test.each([
  ["../../etc/passwd", "20261121T034200Z-etc-passwd"],
  ['<b>it\'s "q"</b>', "20261121T034200Z-b-it-s-q-b"],
  ["", "20261121T034200Z-run"],
  ["...", "20261121T034200Z-run"],
  ["naïve größe", "20261121T034200Z-nai-ve-gro-e"],
  ["x".repeat(300), `20261121T034200Z-${"x".repeat(60)}`],
])("the name %j stays inside the folder of runs, and whole in run.json", async (name, folderName) => {
  const runsFolder = temporaryFolder();
  const writer = createRun(sampleInfo({ name }), { runsFolder });
  expect(dirname(writer.folder ?? "")).toBe(runsFolder);
  expect(basename(writer.folder ?? "")).toBe(folderName);
  expect(readdirSync(runsFolder)).toEqual([folderName]);
  writer.append(samplePart("rest", 0, 0, 1));
  expect((await openRun(writer.folder ?? "")).info.name).toBe(name);
});

test("run.json follows the run while it goes on", () => {
  const writer = createRun(sampleInfo(), { runsFolder: temporaryFolder() });
  writer.update(sampleInfo({ warmFromBlock: [3] }));
  expect(writer.info.warmFromBlock).toEqual([3]);
  expect(JSON.parse(readFileSync(join(writer.folder ?? "", "run.json"), "utf8"))).toEqual(writer.info);
});

test("a pair whose warm-up was never looked for counts its room for it as warm-up", async () => {
  const writer = createRun(sampleInfo(), { runsFolder: temporaryFolder() });
  for (const block of [0, 1]) writer.append(samplePart("rest", 1, block, 1));
  const run = await writer.finish(sampleInfo({ status: "interrupted", warmFromBlock: [0], warmupBlocks: 1 }));
  expect([...(await run.calls()).warmup]).toEqual([1, 0]);
});

test("calls on a disk that gets full stay in memory, are said to be lost once, and are all in the run", async () => {
  const said: Warning[] = [];
  const disk = fullDisk(2);
  const runsFolder = temporaryFolder();
  const writer = createRun(sampleInfo(), { runsFolder, disk, onWarning: (warning) => said.push(warning) });
  for (const part of parts) writer.append(part);
  const run = await writer.finish(sampleInfo(finished));
  expect(said.map(({ code }) => code)).toEqual(["lost-calls"]);
  expect(said[0]?.message).toContain("the disk is full, ENOSPC");
  expect(run.warnings).toHaveLength(1);
  expect(run.warnings[0]?.message).toContain("20 of 30 so far, are in memory only");
  expect(run.folder).toBeNull();
  expect(rowsOf(await run.calls())).toEqual(expectedRows);

  const onDisk = await openRun(writer.folder ?? "");
  expect((await onDisk.calls()).length).toBe(10);
  expect(onDisk.info.warnings[0]?.message).toContain("20 of 30 so far, are in memory only");
});

test("when there is room again at the end nothing is lost, and nothing is said to be", async () => {
  const disk = fullDisk(2, { writeParquet: realDisk.writeParquet });
  const writer = createRun(sampleInfo(), { runsFolder: temporaryFolder(), disk });
  for (const part of parts) writer.append(part);
  expect(writer.warnings).toHaveLength(1);
  const run = await writer.finish(sampleInfo(finished));
  expect(run.warnings).toEqual([]);
  const again = await openRun(run.folder ?? "");
  expect(again.warnings).toEqual([]);
  expect(rowsOf(await again.calls())).toEqual(expectedRows);
});

test("a place where no folder can be made gives a run in memory", async () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  const writer = createRun(sampleInfo(), { runsFolder: join(file, "runs") });
  expect(writer.folder).toBeNull();
  for (const part of parts) writer.append(part);
  const run = await writer.finish(sampleInfo(finished));
  expect(run.folder).toBeNull();
  expect(run.warnings).toMatchObject([{ code: "lost-calls" }]);
  expect(run.warnings[0]?.message).toContain("30 of 30 so far, are in memory only");
  expect(rowsOf(await run.calls())).toEqual(expectedRows);
});

test("without room for Parquet the log stays and nothing is lost", async () => {
  const writer = createRun(sampleInfo(), { runsFolder: temporaryFolder(), disk: fullDisk(99) });
  for (const part of parts) writer.append(part);
  const run = await writer.finish(sampleInfo(finished));
  expect(run.warnings).toEqual([]);
  expect(readdirSync(run.folder ?? "").sort()).toEqual(["calls.log", "run.json"]);
  expect(rowsOf(await run.calls())).toEqual(expectedRows);
  const again = await openRun(run.folder ?? "");
  expect(again.info.status).toBe("finished");
  expect(rowsOf(await again.calls())).toEqual(expectedRows);
});

test("a folder that is taken away in mid-run costs a warning, not the run", async () => {
  const runsFolder = temporaryFolder();
  const writer = createRun(sampleInfo(), { runsFolder });
  writer.append(parts[0] ?? samplePart("rest", 0, 0, 1));
  renameSync(writer.folder ?? "", join(runsFolder, "elsewhere"));
  mkdirSync(join(runsFolder, "other"));
  const run = await writer.finish(sampleInfo(finished));
  expect(run.folder).toBeNull();
  expect(run.warnings.map(({ code }) => code)).toContain("lost-calls");
});

test("a log that someone shortens in mid-run is said to lack calls", async () => {
  const writer = createRun(sampleInfo(), { runsFolder: temporaryFolder() });
  for (const part of parts) writer.append(part);
  truncateSync(join(writer.folder ?? "", "calls.log"), 2000);
  const run = await writer.finish(sampleInfo(finished));
  const { length } = await run.calls();
  expect(length).toBeLessThan(30);
  expect(run.warnings[0]?.message).toBe(
    `${30 - length} of 30 calls were no longer in calls.log at the end of the run.`,
  );
});
