import { relative } from "node:path";
import { projectRoot } from "../root.js";
import type { Run } from "./run.js";

/** The run's folder as verdicts and figures name it: from the project's root when it is inside; null when only in memory. */
export function runPath({ folder }: Run): string | null {
  if (folder === null) return null;
  const fromProject = relative(projectRoot, folder);
  return fromProject.startsWith("..") ? folder : fromProject;
}
