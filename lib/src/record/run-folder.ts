import { existsSync, renameSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import type { Calls, RoundPart } from "./calls.js";
import { callsFromParts } from "./calls-table.js";
import { type Disk, diskReason, realDisk } from "./disk.js";
import { type Log, openLog, readLogItems } from "./log/log.js";
import { encodeRoundPart } from "./log/round-part.js";
import { makeRunFolder } from "./new-folder.js";
import { countParquetRows, readParquet } from "./parquet/parquet-read.js";
import { logPath, parquetPath, proveParquet } from "./parquet/stored-calls.js";
import { type Run, runOf } from "./run.js";
import type { RunInfo, Warning } from "./run-info.js";
import type { ParquetProof } from "./run-json.js";
import { warmFromBlocks } from "./warm.js";

/** A run that is being recorded. */
export interface RunWriter {
  /** Absolute path of the run's folder; null when none could be made. */
  readonly folder: string | null;
  /** What the run was last said to be. */
  readonly info: RunInfo;
  /** One `lost-calls` warning from the first write error on; else nothing, unless the log was harmed by others. */
  readonly warnings: readonly Warning[];
  /** Records calls; they survive a kill of this process from the moment this returns, unless a warning says otherwise. */
  append(part: RoundPart): void;
  /** Replaces what `run.json` says. */
  update(info: RunInfo): void;
  /** Writes the last `run.json`, marks warm-up, compacts the calls to Parquet, and gives the run. */
  finish(info: RunInfo): Promise<Run>;
}

/** Where and how a run is recorded. */
export interface CreateRunOptions {
  /** Folder of all runs; made if it is not there. */
  readonly runsFolder: string;
  /** Hears at once that the disk failed. */
  readonly onWarning?: (warning: Warning) => void;
  /** For tests of a disk that fails. */
  readonly disk?: Disk;
}

/**
 * Makes the folder `<UTC time>-<name>` of a new run, with its `run.json`.
 *
 * A disk that is full or read-only never ends a measurement: from the first write error on, calls are kept in memory, one
 * warning says so, and the run that `finish` gives has them all.
 */
export function createRun(info: RunInfo, options: CreateRunOptions): RunWriter {
  return new FolderWriter(info, options);
}

class FolderWriter implements RunWriter {
  info: RunInfo;
  folder: string | null = null;
  readonly #disk: Disk;
  readonly #onWarning: ((warning: Warning) => void) | undefined;
  #log: Log | null = null;
  #failure: { readonly where: string; readonly reason: string } | null = null;
  readonly #inMemory: RoundPart[] = [];
  #calls = 0;
  #callsInMemory = 0;
  #callsGone = 0;

  constructor(info: RunInfo, options: CreateRunOptions) {
    this.info = info;
    this.#disk = options.disk ?? realDisk;
    this.#onWarning = options.onWarning;
    const runsFolder = resolve(options.runsFolder);
    this.#tryTo(runsFolder, () => {
      this.folder = makeRunFolder(runsFolder, info);
      this.#disk.writeRunFile(this.folder, info, null);
      this.#log = openLog(logPath(this.folder), this.#disk.write);
    });
  }

  get warnings(): readonly Warning[] {
    return [
      ...(this.#failure === null ? [] : [this.#lostCalls(this.#failure)]),
      ...(this.#callsGone === 0 ? [] : [goneCalls(this.#callsGone, this.#calls)]),
    ];
  }

  append(part: RoundPart): void {
    const frame = encodeRoundPart(part);
    const { length } = part.columns;
    this.#calls += length;
    const log = this.#failure === null ? this.#log : null;
    if (log !== null && this.#tryTo(logPath(this.folder ?? ""), () => log.append(frame))) return;
    this.#inMemory.push(part);
    this.#callsInMemory += length;
  }

  update(info: RunInfo): void {
    this.info = info;
    const { folder } = this;
    if (folder !== null) this.#tryTo(folder, () => this.#disk.writeRunFile(folder, info, null));
  }

  async finish(info: RunInfo): Promise<Run> {
    this.#log?.close();
    this.#log = null;
    this.update({ ...info, warnings: [...info.warnings, ...this.warnings] });
    const proof = this.folder === null ? null : await this.#compact(this.folder, info);
    if (proof !== null) this.#failure = null;
    const warnings = [...info.warnings, ...this.warnings];
    this.info = { ...info, warnings };
    const folder = this.#failure === null ? this.folder : null;
    return runOf({ folder, info: this.info, warnings }, () => this.#read(proof !== null));
  }

  /** Gives null when the disk would not have it; the log, and what is in memory, then stay what counts. */
  async #compact(folder: string, info: RunInfo): Promise<ParquetProof | null> {
    const path = parquetPath(folder);
    const temporary = `${path}.tmp`;
    try {
      const warmFromBlock = warmFromBlocks(info);
      const written = await this.#disk.writeParquet(temporary, () => this.#parts(), { warmFromBlock });
      this.#callsGone = this.#calls - written;
      if (this.#callsGone !== 0 || (await countParquetRows(temporary)) !== written) return null;
      const proof = proveParquet(temporary, this.#calls);
      renameSync(temporary, path);
      this.#disk.writeRunFile(folder, info, proof);
      rmSync(logPath(folder), { force: true });
      return proof;
    } catch {
      return null;
    } finally {
      rmSync(temporary, { force: true });
    }
  }

  async #read(compacted: boolean): Promise<Calls> {
    if (compacted && this.folder !== null) return readParquet(parquetPath(this.folder));
    return callsFromParts([...this.#parts()], { warmFromBlock: warmFromBlocks(this.info) });
  }

  *#parts(): Generator<RoundPart, void, undefined> {
    if (this.folder !== null && existsSync(logPath(this.folder))) {
      for (const item of readLogItems(logPath(this.folder))) if (item.kind === "part") yield item.part;
    }
    yield* this.#inMemory;
  }

  #tryTo(where: string, write: () => void): boolean {
    try {
      write();
      return true;
    } catch (error) {
      if (this.#failure !== null) return false;
      this.#failure = { where, reason: diskReason(error) };
      this.#onWarning?.(this.#lostCalls(this.#failure));
      return false;
    }
  }

  #lostCalls({ where, reason }: { readonly where: string; readonly reason: string }): Warning {
    const count = this.#callsInMemory.toLocaleString("en-US");
    const all = this.#calls.toLocaleString("en-US");
    return {
      code: "lost-calls",
      message: `${where} could not be written (${reason}): calls from there on, ${count} of ${all} so far, are in memory only and end with this process.`,
      advice: "Free space or choose another folder for runs, and measure again if the calls have to be kept.",
    };
  }
}

function goneCalls(gone: number, all: number): Warning {
  return {
    code: "lost-calls",
    message: `${gone.toLocaleString("en-US")} of ${all.toLocaleString("en-US")} calls were no longer in calls.log at the end of the run.`,
    advice: "Something else changed the file while the run went on; find it and measure again.",
  };
}
