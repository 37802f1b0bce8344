import { rm } from "node:fs/promises";
import { join } from "node:path";
import { findPython } from "wirelab/dist/hosts/python/find.js";
import { askChild } from "../children/child.js";
import type { IntakeReply, IntakeRequest } from "../children/locust-intake-child.js";
import { rangeOf, rangeText } from "../range.js";
import type { Bench, BenchRow } from "../row.js";

const mostSeconds = 10;
const mostMb = 500;

/** How fast the lab takes in what two workers of Locust have recorded: through its master, as frames, into a run's log. */
export async function locustIntakeRow(bench: Bench): Promise<BenchRow> {
  const calls = bench.smoke ? 10_000 : 1_000_000;
  const row = {
    what: `${calls.toLocaleString("en")} requests of two Locust workers, taken into a run's log`,
    bound: `≤ ${mostSeconds} s, ≤ ${mostMb} MB in Locust's master and Node together`,
  };
  const found = await findPython();
  if (found.kind === "missing") return { ...row, said: `not measured: ${found.reason}`, holds: null };
  const times = bench.smoke ? 1 : 3;
  const replies: IntakeReply[] = [];
  for (let time = 0; time < times; time++) {
    bench.onStep(time, times, "taking in");
    replies.push(await takeIn(calls, bench));
  }
  const seconds = rangeOf(replies.map((reply) => reply.seconds));
  const megabytes = rangeOf(replies.map(({ masterMb, nodeMb }) => masterMb + nodeMb));
  return {
    ...row,
    said: `${rangeText(seconds, "s", 1)}; ${rangeText(megabytes, "MB", 0)}`,
    holds: seconds.most <= mostSeconds && megabytes.most <= mostMb,
  };
}

async function takeIn(calls: number, bench: Bench): Promise<IntakeReply> {
  const folder = join(bench.folder, "locust-intake");
  try {
    const request: IntakeRequest = { calls, folder };
    return await askChild<IntakeReply>("locust-intake-child.js", request, { signal: bench.signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
