import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type MeasureOptions, measure } from "wirelab/dist/experiment/measure.js";
import type { Calls } from "wirelab/dist/record/calls.js";
import type { Load, LoadRound } from "wirelab/dist/record/load-info.js";
import { startChildScript } from "../children/child.js";
import type { IncrementServerReply, IncrementServerRequest } from "../children/increment-server.js";
import type { Bench } from "../row.js";

/** One call of a load; times in ms. */
export interface LoadedCall {
  /** When it was due, from the load's begin. */
  readonly dueMs: number;
  readonly lateMs: number;
  readonly fromSentMs: number;
  readonly fromDueMs: number;
  readonly ok: boolean;
}

/** A load that ran once, without the calls that warmed its processes up. */
export interface MeasuredLoad {
  readonly calls: readonly LoadedCall[];
  readonly round: LoadRound;
}

/**
 * Starts a bare REST server in a process of its own, gives `use` the options by which `measureLoad` calls it, and ends it.
 * Where the client is in question, the lab's own server must not be what holds it back.
 */
export async function withBareServer<T>(
  request: IncrementServerRequest,
  bench: Bench,
  use: (options: Partial<MeasureOptions>) => Promise<T>,
): Promise<T> {
  const server = await startChildScript<IncrementServerReply>("increment-server.js", request, bench);
  try {
    return await use({ host: "remote", remote: { restUrl: server.reply.restUrl, grpcAddress: null } });
  } finally {
    server.stop();
  }
}

/** A bare server that never stalls. */
export const steady: IncrementServerRequest = { stallMs: 0, periodMs: 1 };

/** Runs a load of one arm once, in fresh processes, and removes its run folder. */
export async function measureLoad(
  arm: string,
  load: Load,
  bench: Bench,
  options: Partial<MeasureOptions> = {},
): Promise<MeasuredLoad> {
  const runsFolder = join(bench.folder, "loads");
  try {
    const run = await measure({ arms: [arm], pairs: 1, load, runsFolder, signal: bench.signal, ...options });
    const [round] = run.info.loadRounds;
    if (round === undefined) throw new Error(`no load of ${arm} was run`);
    return { calls: callsOf(await run.calls(), round), round };
  } finally {
    await rm(runsFolder, { recursive: true, force: true });
  }
}

function callsOf(calls: Calls, { block, beginMs }: LoadRound): LoadedCall[] {
  const rows = [...Array(calls.length).keys()].filter((row) => calls.block[row] === block);
  return rows.map((row) => {
    const lateMs = (calls.startMs[row] as number) - (calls.intendedMs[row] as number);
    const fromSentMs = calls.durationMs[row] as number;
    const dueMs = (calls.intendedMs[row] as number) - beginMs;
    return { dueMs, lateMs, fromSentMs, fromDueMs: lateMs + fromSentMs, ok: calls.ok[row] === 1 };
  });
}
