import type { Run } from "../record/run.js";
import { readCalls } from "../record/tools/import.js";
import { parseColumnMap } from "../record/tools/own-table/column-map.js";
import { kindOfFile, readNumbers } from "../record/tools/read-table.js";
import { type ToolTable, toolTable } from "../show/tables/tool-table.js";
import { asCard, fromHereOrProject, isFile, open } from "./measure.js";

/**
 * What a file does not tell itself.
 *
 * @example
 * const options: lab.ReadOptions = { map: "ms=latency,arm=endpoint", arms: { "/increment": "rest" } };
 */
export interface ReadOptions {
  /** Of a table of your own, which column is what: `start=time,ms=latency,arm=endpoint,status=code`. */
  readonly map?: string;
  /** One name for all of its calls, or endpoint → name; default the tool's own words. */
  readonly arms?: string | Readonly<Record<string, string>>;
  /** Which of the lab's works its calls did, e.g. `increment`. */
  readonly work?: string;
}

/**
 * Reads a run folder, or a file of Locust, k6, ghz, hey, h2load, wrk or autocannon, or a CSV or Parquet file of your own, found by what is in
 * it: a row a call becomes a run in memory (`open` gives just that), and what a tool only computed a table of what it
 * printed, times in the units that it names.
 *
 * @throws WirelabError `usage` with file, line and column where the file is not as it should be
 * @example
 * await lab.read("results.csv", { map: "start=time,ms=latency,arm=endpoint" });
 */
export async function read(path: string, options: ReadOptions = {}): Promise<Run | ToolTable> {
  const found = fromHereOrProject(path);
  if (!isFile(found)) return open(path);
  const map = options.map === undefined ? null : parseColumnMap(options.map);
  if ((await kindOfFile(found, map)) === "table") return toolTable(await readNumbers(found));
  const { arms = {}, work = null } = options;
  const all = typeof arms === "string" ? arms : null;
  const of = new Map(typeof arms === "string" ? [] : Object.entries(arms));
  return asCard(await readCalls([found], { map, work, arms: { all, of } }));
}
