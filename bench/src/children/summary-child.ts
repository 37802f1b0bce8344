import { availableParallelism } from "node:os";
import { summariseRun } from "wirelab/dist/cli/text/run-summary.js";
import { openDuckDb, sqlReadPath } from "wirelab/dist/record/parquet/duckdb.js";
import { parquetPath } from "wirelab/dist/record/parquet/stored-calls.js";
import { openRun } from "wirelab/dist/record/run.js";
import { childRequest } from "./child-side.js";

/** Of which run, how often, and where DuckDB may spill. */
export interface SummaryRequest {
  readonly folder: string;
  readonly times: number;
  readonly spill: string;
}

/** Seconds of each full summary of a run, and of each plain query for the same percentiles of its Parquet file, in turns. */
export interface SummaryReply {
  readonly summaries: readonly number[];
  readonly queries: readonly number[];
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  await work();
  return (performance.now() - beganMs) / 1000;
}

/** With all processors, as DuckDB takes them by itself. */
async function query(folder: string, spill: string): Promise<void> {
  const threads = availableParallelism();
  const { connection, close } = await openDuckDb({ threads, spill: { folder: spill, mostMb: 4000 } });
  try {
    await connection.runAndReadAll(
      `SELECT arm, count(*), quantile_cont("durationMs", [0.5, 0.9, 0.95, 0.99]) FROM read_parquet(${sqlReadPath(parquetPath(folder))}) WHERE ok GROUP BY arm`,
    );
  } finally {
    close();
  }
}

const { folder, times, spill } = childRequest<SummaryRequest>();
const [summaries, queries]: [number[], number[]] = [[], []];
for (let time = 0; time < times; time++) {
  queries.push(await secondsOf(() => query(folder, spill)));
  summaries.push(await secondsOf(async () => summariseRun(await openRun(folder))));
}
const reply: SummaryReply = { summaries, queries };
process.send?.(reply);
