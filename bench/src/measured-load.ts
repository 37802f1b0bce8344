import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type MeasureOptions, measure } from "wirelab/dist/experiment/measure.js";
import type { Calls } from "wirelab/dist/record/calls.js";
import type { Load, LoadRound } from "wirelab/dist/record/load-info.js";
import type { Bench } from "./row.js";

/** One call of a load; times in ms, from when it was due. */
export interface LoadedCall {
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

function callsOf(calls: Calls, { block }: LoadRound): LoadedCall[] {
  const rows = [...Array(calls.length).keys()].filter((row) => calls.block[row] === block);
  return rows.map((row) => {
    const lateMs = (calls.startMs[row] as number) - (calls.intendedMs[row] as number);
    const fromSentMs = calls.durationMs[row] as number;
    return { lateMs, fromSentMs, fromDueMs: lateMs + fromSentMs, ok: calls.ok[row] === 1 };
  });
}
