import { WirelabError } from "../../errors.js";
import { quoted } from "../../quoted.js";
import type { ToolFormat } from "./format.js";
import { autocannonJson, autocannonText } from "./formats/autocannon.js";
import { ghzCsv } from "./formats/ghz-csv.js";
import { ghzJson } from "./formats/ghz-json.js";
import { h2loadLog } from "./formats/h2load-log.js";
import { h2loadText } from "./formats/h2load-text.js";
import { heyCsv } from "./formats/hey-csv.js";
import { heyText } from "./formats/hey-text.js";
import { k6Csv } from "./formats/k6-csv.js";
import { k6Json } from "./formats/k6-json.js";
import { k6Summary } from "./formats/k6-summary.js";
import { listenerResults } from "./formats/listener-results.js";
import { listenerTimes } from "./formats/listener-times.js";
import { locustRequests } from "./formats/locust-requests.js";
import { locustHistory, locustStats } from "./formats/locust-stats.js";
import { wrkText } from "./formats/wrk-text.js";
import type { ColumnMap } from "./own-table/column-map.js";
import { ownCalls } from "./own-table/own-calls.js";
import { parquetMagic, type ToolFile } from "./reading/tool-file.js";

/** Every kind of file of another tool that can be read, in the order in which they are asked whether it is theirs. */
export const toolFormats: readonly ToolFormat[] = [
  locustRequests,
  k6Json,
  k6Csv,
  ghzJson,
  ghzCsv,
  heyCsv,
  h2loadLog,
  listenerTimes,
  locustStats,
  locustHistory,
  k6Summary,
  autocannonJson,
  autocannonText,
  heyText,
  h2loadText,
  wrkText,
  listenerResults,
];

/**
 * What kind of file it is, by how it begins and not by its name; with a map a table of the user's own.
 * @throws WirelabError `usage` for one of no known kind.
 */
export function formatOf(file: ToolFile, map: ColumnMap | null): ToolFormat {
  if (map !== null) return ownCalls(map);
  const found = toolFormats.find(({ recognise }) => recognise(file.head));
  if (found !== undefined) return found;
  const ownTable = "a map of its columns makes it one of your own, as start=time,ms=latency";
  if (file.head === parquetMagic) {
    throw new WirelabError(
      "usage",
      `${file.path} is a Parquet file, and nobody knows what its columns are: ${ownTable}.`,
    );
  }
  const begins = file.head.split(/\r?\n/).find((line) => line.trim() !== "") ?? "";
  const known = toolFormats.map(({ name }) => name).join("; ");
  throw new WirelabError(
    "usage",
    `${file.path} begins with ${quoted(begins)}, which no known kind of file does; known are ${known}. If it is a table with a row a call, ${ownTable}.`,
  );
}
