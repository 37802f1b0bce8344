import { rm } from "node:fs/promises";
import { join } from "node:path";
import { askChild } from "../children/child.js";
import type { HourReply, HourRequest } from "../children/hour-child.js";
import type { Bench, BenchRow } from "../row.js";

const mostMb = 20;

/** Whether the memory that a load takes stays as it is after a minute; the hour's calls are pushed through in seconds. */
export async function hourRow(bench: Bench): Promise<BenchRow> {
  const minutes = bench.smoke ? 3 : 60;
  const folder = join(bench.folder, "hour");
  try {
    bench.onStep(0, 1, `${minutes} minutes of calls`);
    const request: HourRequest = { minutes, callsPerSecond: 1000, folder };
    const { megabytes } = await askChild<HourReply>("hour-child.js", request, { signal: bench.signal });
    const [first = Number.NaN, ...later] = megabytes;
    const grewMb = Math.max(...later) - first;
    return {
      what: "records of an hour at 1,000 calls/s, through recorder, frames and log: memory after the first minute",
      bound: `≤ ${mostMb} MB more`,
      said: `${grewMb.toFixed(1)} MB over ${first.toFixed(0)} MB, after a garbage collection each minute; pushed as fast as they could be`,
      holds: grewMb <= mostMb,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
