import { mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WirelabError } from "../../errors.js";
import { quoted } from "../../quoted.js";
import type { Calls, RoundPart } from "../calls.js";
import { callsFromParts } from "../calls-table.js";
import { diskReason } from "../disk.js";
import { openLog, readLogItems } from "../log/log.js";
import { encodeRoundPart } from "../log/round-part.js";
import { readParquet } from "../parquet/parquet-read.js";
import { writeParquet } from "../parquet/parquet-write.js";
import { parquetPath, proveParquet } from "../parquet/stored-calls.js";
import { openRun, type Run, runOf } from "../run.js";
import type { RunInfo } from "../run-info.js";
import { writeRunFile } from "../run-json.js";
import { type ArmNames, type Collected, collectCalls } from "./collect.js";
import { type ImportWords, importedInfo } from "./describe-import.js";
import { formatOf } from "./formats.js";
import { type ImportPlace, newFolder, requireNew } from "./import-place.js";
import type { ColumnMap } from "./own-table/column-map.js";
import { readOwnTables } from "./own-table/own-tables.js";
import { ToolFile } from "./reading/tool-file.js";
import { sliced, sliceMsOf } from "./slices.js";

/** Which calls become a run, and what their files do not say of them. */
export interface ImportOptions extends Partial<ImportWords> {
  readonly map?: ColumnMap | null;
  readonly arms?: ArmNames;
  /** Hears of every stretch that has been read; what it throws ends the reading. */
  readonly onRead?: (file: ToolFile) => void;
}

/** Files of which every call has been read, and what can be made of them. */
interface Gathered {
  readonly files: readonly Collected[];
  /** Writes their calls as `calls.parquet`, and gives the number of rows. */
  readonly write: (path: string) => Promise<number>;
}

/**
 * Reads files of other tools, a call a row, as a run in memory.
 * @throws WirelabError `usage` with file and place where a file is not as it should be, or has no calls in it.
 */
export async function readCalls(paths: readonly string[], options: ImportOptions = {}): Promise<Run> {
  const tables = await inScratch(async (scratch) => {
    const own = await ownTables(paths, scratch, options);
    if (own === null) return null;
    return { files: own.files, calls: await callsOf(own, join(scratch, "calls.parquet")) };
  });
  if (tables !== null) return inMemory(tables.files, options, () => tables.calls);
  const parts: RoundPart[] = [];
  const files = await collectAll(paths, options, (part) => parts.push(part));
  return inMemory(files, options, () =>
    callsFromParts([...sliced(parts, files, sliceMsOf(files))], { warmFromBlock: [] }),
  );
}

async function callsOf({ write }: Gathered, path: string): Promise<Calls> {
  try {
    await write(path);
    return await readParquet(path);
  } catch (cause) {
    const reason = diskReason(cause);
    throw new WirelabError("disk", `The calls could not be read by way of ${path} (${reason}).`, { cause });
  }
}

function inMemory(files: readonly Collected[], words: Partial<ImportWords>, calls: () => Calls): Run {
  const info = importedInfo(files, words);
  return runOf({ folder: null, info, warnings: info.warnings }, async () => calls());
}

/**
 * The same as a run folder like any other, with no more than a stretch of the calls in memory.
 * @throws WirelabError `usage` as `readCalls`, or where the folder is there already; `disk` where it cannot be written.
 */
export async function importCalls(
  paths: readonly string[],
  place: ImportPlace,
  options: ImportOptions = {},
): Promise<Run> {
  if ("folder" in place) requireNew(place.folder);
  return inScratch(async (scratch) => {
    const gathered = (await ownTables(paths, scratch, options)) ?? (await logged(paths, scratch, options));
    return await openRun(await writeRun(gathered, { info: importedInfo(gathered.files, options), place }));
  });
}

async function inScratch<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), "wirelab-import-"));
  try {
    return await use(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Before DuckDB is loaded, smaller files have been read. */
const smallBytes = 2_000_000;

/** Null where the files are no tables of the user's own, or have to be read row by row. */
async function ownTables(
  paths: readonly string[],
  folder: string,
  { map = null, arms = noNames, onRead = () => {} }: ImportOptions,
): Promise<Gathered | null> {
  if (
    map === null ||
    paths.every((path) => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) < smallBytes)
  )
    return null;
  const tables = await readOwnTables(paths, { map, names: arms, folder, onRead });
  if (tables !== null) requireNamed(arms, tables.files);
  return tables;
}

async function logged(paths: readonly string[], scratch: string, options: ImportOptions): Promise<Gathered> {
  const path = join(scratch, "calls.log");
  const log = openLog(path);
  const files = await collectAll(paths, options, (part) => log.append(encodeRoundPart(part))).finally(() =>
    log.close(),
  );
  const parts = () => sliced(partsOf(path), files, sliceMsOf(files));
  return { files, write: (to) => writeParquet(to, parts, { warmFromBlock: [] }) };
}

async function collectAll(
  paths: readonly string[],
  { map = null, arms = noNames, onRead }: ImportOptions,
  keep: (part: RoundPart) => void,
): Promise<Collected[]> {
  const collected: Collected[] = [];
  for (const [pair, path] of paths.entries()) {
    const file = await ToolFile.open(path);
    const format = formatOf(file, map);
    if (format.kind === "table") throw noCalls(path, format.name);
    collected.push(await collectCalls(file, format, { pair, names: arms, keep, onRead }));
  }
  requireNamed(arms, collected);
  return collected;
}

const noNames: ArmNames = { all: null, of: new Map() };

function requireNamed({ of }: ArmNames, files: readonly Collected[]): void {
  const stranger = [...of.keys()].find((endpoint) => !files.some(({ renamed }) => renamed.has(endpoint)));
  if (stranger === undefined) return;
  const there = [...new Set(files.flatMap(({ arms }) => arms.map(({ name }) => name)))].slice(0, 20);
  throw new WirelabError(
    "usage",
    `No call is of ${quoted(stranger)}, which was to have another name; there are ${there.map(quoted).join(", ")}.`,
  );
}

function noCalls(path: string, format: string): WirelabError {
  return new WirelabError(
    "usage",
    `${path} (${format}) holds what the tool computed of its calls and none of them, and nobody can make calls of a percentile: ` +
      "lab.read shows it, wirelab import --table FILE writes it as a table that wirelab refute takes.",
  );
}

async function writeRun(
  { write }: Gathered,
  { info, place }: { readonly info: RunInfo; readonly place: ImportPlace },
): Promise<string> {
  const folder = newFolder(info, place);
  try {
    const temporary = join(folder, "calls.parquet.tmp");
    const proof = proveParquet(temporary, await write(temporary));
    renameSync(temporary, parquetPath(folder));
    // Without it the folder is no run, so that one which is not whole is never taken for one.
    writeRunFile(folder, info, proof);
    return folder;
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    throw new WirelabError("disk", `The run could not be written to ${folder} (${diskReason(cause)}).`, {
      cause,
    });
  }
}

function* partsOf(log: string): Generator<RoundPart, void, undefined> {
  for (const item of readLogItems(log)) if (item.kind === "part") yield item.part;
}
