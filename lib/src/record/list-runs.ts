import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { WirelabError } from "../errors.js";
import { logPath, parquetPath } from "./parquet/stored-calls.js";
import type { RunInfo } from "./run-info.js";
import { type RunFile, readRunFile } from "./run-json.js";

/** One folder of a folder of runs, newest first in a list of them. */
export type ListedRun =
  | { readonly kind: "run"; readonly folder: string; readonly info: RunInfo }
  | { readonly kind: "damaged"; readonly folder: string; readonly reason: string };

/**
 * Lists the runs in a folder by what their `run.json` says, newest first; folders that are no runs are left out.
 *
 * A folder that does not exist holds no runs. No calls are read, so a killed run is still listed as `running`.
 */
export function listRuns(runsFolder: string): ListedRun[] {
  const path = resolve(runsFolder);
  if (!isFolder(path)) return [];
  const names = readdirSync(path).sort().reverse();
  return names.map((name) => join(path, name)).flatMap(listOne);
}

function listOne(folder: string): ListedRun[] {
  const file = readRunFile(folder);
  if (file.kind === "whole") return [{ kind: "run", folder, info: file.info }];
  if (file.kind === "damaged") return [{ kind: "damaged", folder, reason: `run.json: ${file.reason}` }];
  return hasCalls(folder) ? [{ kind: "damaged", folder, reason: "run.json is missing" }] : [];
}

/** Why a folder without a usable `run.json` cannot be opened, and what to do. */
export function explainFolder(path: string, file: Exclude<RunFile, { kind: "whole" }>): WirelabError {
  if (!isFolder(path)) {
    return new WirelabError(
      "usage",
      `There is no run folder ${path}; give the path of one, as in data/runs.`,
    );
  }
  if (file.kind === "damaged") {
    return damagedRun(
      `The run in ${path} cannot be opened because of its run.json, ${file.reason}; restore that file from a copy, or measure again.`,
    );
  }
  if (hasCalls(path)) {
    return damagedRun(
      `The run in ${path} has calls but no run.json, which says what they are; restore that file from a copy, or measure again.`,
    );
  }
  const inside = listRuns(path)[0];
  const advice =
    inside === undefined
      ? "give a folder that a run has written"
      : `give one of the runs in it, e.g. ${inside.folder}`;
  return damagedRun(`${path} is not a run folder, it has neither run.json nor calls; ${advice}.`);
}

function hasCalls(folder: string): boolean {
  return existsSync(logPath(folder)) || existsSync(parquetPath(folder));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The error for a run folder of which no run can be made. */
export function damagedRun(message: string, cause?: unknown): WirelabError {
  return new WirelabError("damaged-run", message, { cause });
}
