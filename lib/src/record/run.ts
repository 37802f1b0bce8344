import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { WirelabError } from "../errors.js";
import type { Calls } from "./calls.js";
import { callsFromParts } from "./calls-table.js";
import { withArmOrder } from "./display-order.js";
import { damagedRun, explainFolder } from "./list-runs.js";
import type { Damage } from "./log/frame.js";
import { readLog } from "./log/log.js";
import { duckDbReason } from "./parquet/duckdb.js";
import { countParquetRows, readParquet } from "./parquet/parquet-read.js";
import { logPath, parquetPath, parquetProblem } from "./parquet/stored-calls.js";
import type { RunInfo, Warning } from "./run-info.js";
import { type ParquetProof, readRunFile } from "./run-json.js";
import { warmFromBlocks } from "./warm.js";

export { type ListedRun, listRuns } from "./list-runs.js";

/**
 * A run that can be analysed: what is known of it, and its calls.
 *
 * @example
 * const durationsMs = async (one: lab.Run) => (await one.calls()).durationMs;
 */
export interface Run {
  /** Absolute path of the folder that the whole run can be read from again; null when some of it is only in memory. */
  readonly folder: string | null;
  readonly info: RunInfo;
  /** The run's own warnings, and what was noticed while opening it. */
  readonly warnings: readonly Warning[];
  /** All calls, warm-up included, in the order in which they were recorded; read once and then kept. */
  calls(): Promise<Calls>;
}

/** A run whose calls are read by `read` when they are first asked for, and again only if that failed. */
export function runOf(known: Omit<Run, "calls">, read: () => Promise<Calls>): Run {
  const armNames = known.info.arms.map(({ name }) => name);
  let reading: Promise<Calls> | null = null;
  return {
    ...known,
    async calls() {
      reading ??= read().then((calls) => withArmOrder(calls, armNames));
      try {
        return await reading;
      } catch (error) {
        reading = null;
        throw error;
      }
    },
  };
}

/**
 * Opens a run folder, also one of a run that was killed, and gives what is whole of it.
 *
 * Calls that are damaged or cut off are left out and counted in a warning. A run that never finished opens with the status
 * `interrupted`.
 * @throws WirelabError `usage` when there is no such folder, `damaged-run` when no run can be made of what is in it.
 *
 * @example
 * const run = await openRun("data/runs/20261121T034200Z-increment");
 * const calls = await run.calls();
 */
export async function openRun(folder: string): Promise<Run> {
  const path = resolve(folder);
  const file = readRunFile(path);
  if (file.kind !== "whole") throw explainFolder(path, file);
  const { info, parquet } = file;
  const problem = parquet === null ? null : parquetProblem(parquetPath(path), parquet);
  if (parquet !== null && problem === null) return openParquet(path, info, parquet);
  // Until run.json vouches for the Parquet file, the log is what counts.
  if (existsSync(logPath(path))) return openLogged(path, info);
  if (problem === null && existsSync(parquetPath(path))) return openParquet(path, info, null);
  throw damagedRun(
    `The calls in ${path} cannot be used: calls.parquet ${problem === null ? "and calls.log are missing" : `is damaged, ${problem}`}; ` +
      "restore it from a copy, or measure again.",
  );
}

async function openParquet(folder: string, info: RunInfo, proof: ParquetProof | null): Promise<Run> {
  const path = parquetPath(folder);
  if (proof === null) await orDamaged(path, () => countParquetRows(path));
  return runOf({ folder, info, warnings: info.warnings }, () => orDamaged(path, () => readParquet(path)));
}

async function orDamaged<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof WirelabError) throw cause;
    throw damagedRun(
      `The calls in ${path} cannot be read (${duckDbReason(cause)}); restore the file from a copy, or measure again.`,
      cause,
    );
  }
}

function openLogged(folder: string, stored: RunInfo): Run {
  const path = logPath(folder);
  const { parts, damage } = readLog(path);
  const rows = parts.reduce((sum, part) => sum + part.columns.length, 0);
  if (rows === 0) {
    throw damagedRun(
      `The run in ${folder} holds no calls: ${damage.length === 0 ? "its calls.log is empty" : describeDamage(path, damage)}; ` +
        "delete the folder and measure again.",
    );
  }
  const killed = stored.status === "running" ? unfinished(rows) : null;
  const info: RunInfo =
    killed === null ? stored : { ...stored, status: "interrupted", reason: killed.message };
  const warnings = [...info.warnings];
  if (killed !== null) warnings.push(killed);
  if (damage.length > 0) warnings.push(damageWarning(path, damage, rows));
  const calls = callsFromParts(parts, { warmFromBlock: warmFromBlocks(info) });
  return runOf({ folder, info, warnings }, async () => calls);
}

function unfinished(rows: number): Warning {
  return {
    code: "lost-calls",
    message: `The run was killed, or is still going on: ${grouped(rows)} calls were kept.`,
    advice:
      "Read it as a part of a run; its warm-up was not looked for, so all the room for it counts as warm-up.",
  };
}

function damageWarning(path: string, damage: readonly Damage[], rows: number): Warning {
  return {
    code: "lost-calls",
    message: `${describeDamage(path, damage)}; ${grouped(rows)} calls were read.`,
    advice: "The calls in there are left out of every number; measure again if they matter.",
  };
}

function describeDamage(path: string, damage: readonly Damage[]): string {
  const bytes = damage.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
  const places = damage.length === 1 ? "at" : `in ${damage.length} places, first at`;
  return `${path} is damaged ${places} byte ${grouped(damage[0]?.offset ?? 0)} (${damage[0]?.reason}), ${grouped(bytes)} bytes of it`;
}

function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
