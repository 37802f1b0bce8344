import { statSync } from "node:fs";
import type { Run } from "../record/run.js";
import type { ToolTable } from "../show/tool-table.js";
import { fromHereOrProject, open } from "./measure.js";
import { read } from "./read.js";

/**
 * A run folder, or a file of another tool whatever is in it: a run where it has calls, else the table that the tool printed. Throws as
 * `open` and `read` do.
 */
export async function openSource(path: string): Promise<Run | ToolTable> {
  const isFile = statSync(fromHereOrProject(path), { throwIfNoEntry: false })?.isFile() ?? false;
  return isFile ? read(path) : open(path);
}
