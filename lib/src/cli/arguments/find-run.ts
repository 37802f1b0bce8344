import { existsSync } from "node:fs";
import { join } from "node:path";
import { defaultRunsFolder } from "../../root.js";

/** The folder that is meant by a path, or by the name of a run in `data/runs`. */
export function findRun(run: string, folder: string = defaultRunsFolder): string {
  const named = join(folder, run);
  return !existsSync(run) && existsSync(named) ? named : run;
}
