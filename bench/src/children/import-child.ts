import { summariseRun } from "wirelab/dist/cli/text/run-summary.js";
import { summaryText } from "wirelab/dist/cli/text/summary-text.js";
import { importCalls } from "wirelab/dist/record/tools/import.js";
import { parseColumnMap } from "wirelab/dist/record/tools/own-table/column-map.js";
import { childRequest, ownPeakMb } from "./child-side.js";

/** Which file is imported, by which map of columns, and to where. */
export interface ImportRequest {
  readonly file: string;
  readonly map: string | null;
  readonly folder: string;
}

/** Seconds of an import with all that `wirelab import` then prints, calls, and peak resident memory of the process. */
export interface ImportReply {
  readonly seconds: number;
  readonly calls: number;
  readonly peakMb: number;
}

const { file, map, folder } = childRequest<ImportRequest>();
const beganMs = performance.now();
const run = await importCalls([file], { folder }, { map: map === null ? null : parseColumnMap(map) });
console.log(summaryText(await summariseRun(run)));
const reply: ImportReply = {
  seconds: (performance.now() - beganMs) / 1000,
  calls: (await run.calls()).length,
  peakMb: ownPeakMb(),
};
process.send?.(reply);
