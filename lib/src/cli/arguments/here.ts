import { join, relative } from "node:path";
import { projectRoot } from "../../root.js";

/** A path of the project as it is written from the current folder. */
export function here(...parts: readonly string[]): string {
  return relative(process.cwd(), join(projectRoot, ...parts)) || ".";
}
