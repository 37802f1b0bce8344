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

/** Seconds of each full summary of a run, and of plain queries of its Parquet file, in turns. */
export interface SummaryReply {
  readonly summaries: readonly number[];
  /** For the same numbers, which then have no intervals. */
  readonly sameNumbers: readonly number[];
  /** For four percentiles and nothing else. */
  readonly percentiles: readonly number[];
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  await work();
  return (performance.now() - beganMs) / 1000;
}

const percentilesSql = `quantile_cont("durationMs", [0.5, 0.9, 0.95, 0.99]) FILTER (ok)`;

const percentilesAlone = [`SELECT arm, ${percentilesSql} FROM calls GROUP BY arm`];

/** What the summary says of an arm, and of each of its blocks for what it says of their ratio. */
const sameNumbers = [
  `SELECT arm, count(*) FILTER (ok), count(*) FILTER (NOT ok), avg("durationMs") FILTER (ok), min("durationMs") FILTER (ok), ` +
    `max("durationMs") FILTER (ok), ${percentilesSql}, avg("bytesSent"), avg("bytesReceived"), count(DISTINCT (pair, "connectionId")), ` +
    `arg_min("durationMs", "startMs"), sum(calls) FILTER (ok AND NOT warmup) FROM calls GROUP BY arm`,
  `SELECT arm, pair, block, sum(calls) FILTER (ok), median("durationMs") FILTER (ok), sum("durationMs") FILTER (ok), min("startMs"), ` +
    `max("startMs" + "durationMs") FROM calls GROUP BY arm, pair, block`,
];

/** With all processors, as DuckDB takes them by itself. */
async function query(statements: readonly string[], { folder, spill }: SummaryRequest): Promise<void> {
  const threads = availableParallelism();
  const { connection, close } = await openDuckDb({ threads, spill: { folder: spill, mostMb: 4000 } });
  try {
    await connection.run(
      `CREATE VIEW calls AS SELECT * FROM read_parquet(${sqlReadPath(parquetPath(folder))})`,
    );
    for (const statement of statements) await connection.runAndReadAll(statement);
  } finally {
    close();
  }
}

const request = childRequest<SummaryRequest>();
const reply = { summaries: [] as number[], sameNumbers: [] as number[], percentiles: [] as number[] };
for (let time = 0; time < request.times; time++) {
  reply.percentiles.push(await secondsOf(() => query(percentilesAlone, request)));
  reply.sameNumbers.push(await secondsOf(() => query(sameNumbers, request)));
  reply.summaries.push(await secondsOf(async () => summariseRun(await openRun(request.folder))));
}
process.send?.(reply satisfies SummaryReply);
