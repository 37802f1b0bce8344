import { relative } from "node:path";
import { projectRoot } from "../root.js";
import type { Run } from "./run.js";

/** The run's folder from the project's root, as verdicts and figures name it; null for a run that is only in memory. */
export function runPath({ folder }: Run): string | null {
  return folder === null ? null : relative(projectRoot, folder);
}
