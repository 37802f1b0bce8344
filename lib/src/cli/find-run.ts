import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../root.js";

/** Where runs are kept unless told otherwise. */
export const runsFolder: string = join(projectRoot, "data", "runs");

/** The folder that is meant by a path, or by the name of a run in `data/runs`. */
export function findRun(run: string, folder: string = runsFolder): string {
  const named = join(folder, run);
  return !existsSync(run) && existsSync(named) ? named : run;
}
