import { openLoad } from "wirelab/dist/schedule/load-choice.js";
import { percentile } from "wirelab/dist/stats/percentile.js";
import { measureLoad } from "./measured-load.js";
import type { Bench, BenchRow } from "./row.js";

const callsPerSecond = 5000;
const leastShare = 0.99;
const mostLateMs = 5;
const arms = ["rest", "grpc"] as const;

/** How much of an asked rate is sent, and how late: every call of an open load is one that somebody waits for. */
export async function askedRateRow(bench: Bench): Promise<BenchRow> {
  const load = openLoad({ callsPerSecond, runTimeMs: bench.smoke ? 500 : 20_000, users: 200 });
  const said: string[] = [];
  let holds = true;
  for (const [done, arm] of arms.entries()) {
    bench.onStep(done, arms.length, arm);
    const { calls, round } = await measureLoad(arm, load, bench);
    const share = calls.length / (calls.length + round.notSent);
    const late = Float64Array.from(calls, ({ lateMs }) => lateMs).sort();
    const lateMs = percentile(late, 0.99);
    holds &&= share >= leastShare && lateMs <= mostLateMs;
    said.push(`${arm} ${share.toFixed(4)}, ${lateMs.toFixed(2)} ms, ${round.usersStarted} users`);
  }
  return {
    what: `an open load of ${callsPerSecond.toLocaleString("en")} calls/s: sent ÷ asked; p99 of how late`,
    bound: `≥ ${leastShare}; ≤ ${mostLateMs} ms`,
    said: said.join("; "),
    holds,
  };
}
