import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";
import { WirelabError } from "../errors.js";
import { callsFromParts } from "./calls-table.js";
import { listRuns, openRun } from "./run.js";
import { createRun } from "./run-folder.js";
import type { RunInfo } from "./run-info.js";
import type { runFileSchema } from "./run-json.js";
import { rowsOf, sampleInfo, samplePart, temporaryFolder } from "./testing/samples.js";

const parts = [0, 1, 2].map((block) => samplePart("rest", 0, block, 10));

/** A run folder as a process that was killed leaves it. */
function killedRun(changes: Partial<RunInfo> = {}): string {
  const writer = createRun(sampleInfo(changes), { runsFolder: temporaryFolder() });
  for (const part of parts) writer.append(part);
  return writer.folder ?? "";
}

async function finishedRun(): Promise<string> {
  const writer = createRun(sampleInfo(), { runsFolder: temporaryFolder() });
  for (const part of parts) writer.append(part);
  const run = await writer.finish(sampleInfo({ status: "finished", warmFromBlock: [2, 0] }));
  return run.folder ?? "";
}

async function errorOf(folder: string): Promise<WirelabError> {
  const error = await openRun(folder).catch((reason: unknown) => reason);
  if (!(error instanceof WirelabError)) throw new Error(`not a WirelabError: ${String(error)}`);
  return error;
}

test("a killed run opens as interrupted, says how many calls were kept, and has them all", async () => {
  const folder = killedRun();
  const run = await openRun(folder);
  expect(run.info.status).toBe("interrupted");
  expect(run.info.reason).toBe("The run was killed, or is still going on: 30 calls were kept.");
  expect(run.warnings).toMatchObject([{ code: "lost-calls", message: run.info.reason }]);
  expect(rowsOf(await run.calls())).toEqual(rowsOf(callsFromParts(parts, { warmFromBlock: [1, 1] })));
});

test("a cut-off log gives the whole parts and a warning with place and reason", async () => {
  const folder = killedRun();
  const log = join(folder, "calls.log");
  const { length } = readFileSync(log);
  truncateSync(log, length - 5);
  const run = await openRun(folder);
  expect((await run.calls()).length).toBe(20);
  expect(run.warnings.at(-1)?.message).toMatch(
    /calls\.log is damaged at byte [\d,]+ \(the frame is cut off\).*20 calls were read/,
  );
});

test("damage in the middle of a log leaves out only what it hit", async () => {
  const folder = killedRun();
  const log = join(folder, "calls.log");
  const bytes = readFileSync(log);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(log, bytes);
  const run = await openRun(folder);
  expect([...new Set((await run.calls()).block)]).toEqual([0, 2]);
  expect(run.warnings.at(-1)?.message).toContain("checksum");
});

test("the log counts until run.json vouches for the Parquet file", async () => {
  const folder = killedRun();
  writeFileSync(join(folder, "calls.parquet"), "half written");
  expect((await (await openRun(folder)).calls()).length).toBe(30);
});

test("a changed Parquet file is found by its checksum; with the log still there the run opens", async () => {
  const folder = await finishedRun();
  const path = join(folder, "calls.parquet");
  const bytes = readFileSync(path);
  for (const at of [0, 100, bytes.length >> 1, bytes.length - 1]) {
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    writeFileSync(path, changed);
    const error = await errorOf(folder);
    expect(error.code).toBe("damaged-run");
    expect(error.message).toContain(folder);
    expect(error.message).toContain("its checksum does not match; restore it");
  }
  copyFileSync(join(killedRun(), "calls.log"), join(folder, "calls.log"));
  const run = await openRun(folder);
  expect(run.info.status).toBe("finished");
  expect([...(await run.calls()).warmup].filter(Boolean)).toHaveLength(20);
});

test("a shortened and a missing Parquet file are said to be that", async () => {
  const folder = await finishedRun();
  truncateSync(join(folder, "calls.parquet"), 40);
  expect((await errorOf(folder)).message).toContain("it has 40 bytes instead of");
  rmSync(join(folder, "calls.parquet"));
  expect((await errorOf(folder)).message).toContain("it is missing");
});

test("a Parquet file without a checksum in run.json is read, and an unreadable one is an error", async () => {
  const folder = await finishedRun();
  writeFileSync(join(folder, "run.json"), JSON.stringify(sampleInfo({ status: "finished" })));
  expect((await (await openRun(folder)).calls()).length).toBe(30);
  writeFileSync(join(folder, "calls.parquet"), "this is no Parquet file");
  const error = await errorOf(folder);
  expect(error.code).toBe("damaged-run");
  expect(error.message).toContain("calls.parquet cannot be read");
});

test.each([
  ["an empty run.json", "", /run\.json, it is not whole JSON; restore/],
  ["half a run.json", '{"format": 1, "na', /it is not whole JSON/],
  ["another format", JSON.stringify({ ...sampleInfo(), format: 2 }), /another version of wirelab/],
  ["a wrong type", JSON.stringify({ ...sampleInfo(), pairs: "ten" }), /run\.json, pairs: /],
  ["a missing field", JSON.stringify({ ...sampleInfo(), arms: undefined }), /run\.json, arms: /],
  ["a list", "[]", /run\.json, /],
])("%s is a damaged run that names the file and the fault", async (_name, text, message) => {
  const folder = killedRun();
  writeFileSync(join(folder, "run.json"), text);
  const error = await errorOf(folder);
  expect(error.code).toBe("damaged-run");
  expect(error.message).toMatch(message);
  expect(error.message).toContain(folder);
});

test("folders that hold no run say what they lack and what to do", async () => {
  const folder = killedRun();
  const runsFolder = join(folder, "..");
  expect((await errorOf(runsFolder)).message).toContain(`give one of the runs in it, e.g. ${folder}`);
  truncateSync(join(folder, "calls.log"), 0);
  expect((await errorOf(folder)).message).toContain(
    "holds no calls: its calls.log is empty; delete the folder",
  );
  writeFileSync(join(folder, "calls.log"), "garbage");
  expect((await errorOf(folder)).message).toContain("holds no calls: ");
  rmSync(join(folder, "calls.log"));
  expect((await errorOf(folder)).message).toContain("calls.parquet and calls.log are missing");
  rmSync(join(folder, "run.json"));
  expect((await errorOf(folder)).message).toContain("is not a run folder, it has neither run.json nor calls");
  expect((await errorOf(join(folder, "nowhere"))).code).toBe("usage");
});

test("calls without run.json are not guessed at", async () => {
  const folder = killedRun();
  rmSync(join(folder, "run.json"));
  expect((await errorOf(folder)).message).toContain("has calls but no run.json");
});

test("a list of runs has the newest first, names what is damaged, and leaves out what is no run", () => {
  const runsFolder = temporaryFolder();
  const old = createRun(sampleInfo({ startedAt: "2025-01-01T00:00:00Z" }), { runsFolder }).folder ?? "";
  const recent = createRun(sampleInfo(), { runsFolder }).folder ?? "";
  mkdirSync(join(runsFolder, "notes"));
  writeFileSync(join(runsFolder, "README.md"), "");
  expect(listRuns(runsFolder)).toMatchObject([
    { kind: "run", folder: recent, info: { name: "increment" } },
    { kind: "run", folder: old },
  ]);
  writeFileSync(join(recent, "run.json"), "{");
  rmSync(join(old, "run.json"));
  expect(listRuns(runsFolder)).toEqual([
    { kind: "damaged", folder: recent, reason: "run.json: it is not whole JSON" },
    { kind: "damaged", folder: old, reason: "run.json is missing" },
  ]);
  expect(existsSync(join(runsFolder, "nowhere"))).toBe(false);
  expect(listRuns(join(runsFolder, "nowhere"))).toEqual([]);
});

test("whatever a run's description can be, run.json can be read back", () => {
  expectTypeOf<RunInfo>().toExtend<DeepReadonly<z.input<typeof runFileSchema>>>();
});

type DeepReadonly<T> = { readonly [K in keyof T]: DeepReadonly<T[K]> };
