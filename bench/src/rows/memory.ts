import { rm } from "node:fs/promises";
import { join } from "node:path";
import { askChild } from "../children/child.js";
import type { MemoryReply, MemoryRequest } from "../children/memory-child.js";
import { type Range, rangeOf, rangeText } from "../range.js";
import type { Bench, BenchRow } from "../row.js";

const mostMb = 120;
const modes = ["bare", "recorded", "finished"] as const;

/**
 * Peak memory of a process that records calls into a run folder's log, over one that only makes them; beside it, of one
 * that also finishes the run, which a measurement does when it is over.
 */
export async function memoryRow(bench: Bench): Promise<BenchRow> {
  const calls = bench.smoke ? 10_000 : 1_000_000;
  const times = bench.smoke ? 1 : 5;
  const peaks: Record<MemoryRequest["mode"], number[]> = { bare: [], recorded: [], finished: [] };
  for (let time = 0; time < times; time++) {
    for (const [index, mode] of modes.entries()) {
      bench.onStep(time * modes.length + index, times * modes.length, mode);
      peaks[mode].push(await peakMb(mode, calls, bench));
    }
  }
  const bare = rangeOf(peaks.bare).median;
  const recorded = over(bare, peaks.recorded);
  const finished = over(bare, peaks.finished);
  return {
    what: `recording ${calls.toLocaleString("en")} calls: memory over the bare loop`,
    bound: `≤ ${mostMb} MB`,
    said: `${rangeText(recorded, "MB", 0)}; with the run finished into Parquet ${rangeText(finished, "MB", 0)}; the bare loop has ${bare.toFixed(0)} MB`,
    holds: recorded.most <= mostMb,
  };
}

async function peakMb(mode: MemoryRequest["mode"], calls: number, bench: Bench): Promise<number> {
  const folder = join(bench.folder, "memory");
  try {
    const request: MemoryRequest = { mode, calls, folder };
    return (await askChild<MemoryReply>("memory-child.js", request, { signal: bench.signal })).peakMb;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function over(bareMb: number, peaks: readonly number[]): Range {
  return rangeOf(peaks.map((peak) => peak - bareMb));
}
