import { openLoad } from "wirelab/dist/schedule/load-choice.js";
import { percentile } from "wirelab/dist/stats/percentiles/percentile.js";
import { type MeasuredLoad, measureLoad, steady, withBareServer } from "../calling/measured-load.js";
import type { Bench, BenchRow } from "../row.js";

const callsPerSecond = 5000;
const leastShare = 0.99;
const mostLateMs = 5;
/** Not judged: a client and a server that are cold fall behind at once, and open every connection there may be. */
const rampMs = 5000;

/** How much of an asked rate is sent, and how late, by the leanest client of each protocol against a bare server. */
export async function askedRateRow(bench: Bench): Promise<BenchRow> {
  const full = { fromPerSecond: callsPerSecond, toPerSecond: callsPerSecond };
  const load = openLoad({
    stages: [
      { ...full, fromPerSecond: 0, durationMs: rampMs },
      { ...full, durationMs: bench.smoke ? 200 : 20_000 },
    ],
    users: 200,
  });
  bench.onStep(0, 2, "REST");
  const rest = await withBareServer(steady, bench, (server) => measureLoad("rest", load, bench, server));
  bench.onStep(1, 2, "gRPC");
  const bareGrpc = { arms: [{ name: "grpc-http2", program: "http2-grpc" }] } as const;
  const grpc = await measureLoad("grpc-http2", load, bench, bareGrpc);
  const told = [tell("REST", rest), tell("gRPC", grpc)];
  return {
    what: `an open load of ${callsPerSecond} REST calls/s, then of as many gRPC calls, after a ramp of ${rampMs / 1000} s: sent ÷ asked; p99 of how late`,
    bound: `≥ ${leastShare}; ≤ ${mostLateMs} ms`,
    said: told.map(({ said }) => said).join("; "),
    holds: told.every(({ holds }) => holds),
  };
}

function tell(name: string, { calls, round }: MeasuredLoad) {
  const share = calls.length / (calls.length + round.notSent);
  const judged = calls.filter(({ dueMs }) => dueMs >= rampMs);
  const lateMs = percentile(Float64Array.from(judged, ({ lateMs }) => lateMs).sort(), 0.99);
  return {
    said: `${name} ${share.toFixed(4)}, ${lateMs.toFixed(2)} ms, ${round.usersStarted} users`,
    holds: share >= leastShare && lateMs <= mostLateMs,
  };
}
