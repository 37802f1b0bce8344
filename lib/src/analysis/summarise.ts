import type { Calls } from "../record/calls.js";
import type { Run } from "../record/run.js";
import { percentile } from "../stats/percentile.js";
import type { Refusal } from "../stats/percentile-interval.js";
import { armLoadOf } from "./arm-load.js";
import type { RunFacts } from "./compare.js";
import { rateOf } from "./metric.js";
import { percentileOrRefusal } from "./percentile-or-refusal.js";
import { countedRoundsOf, hasCalls } from "./rounds.js";
import { serverCost } from "./server-cost.js";
import { serverTimeOf } from "./server-time.js";
import { stretchesByPair } from "./stretches.js";
import type { ArmSummary } from "./types.js";

/**
 * Every arm of a run in numbers, durations in ms; percentiles with 99 % intervals by block bootstrap, because calls
 * of a run are correlated.
 *
 * @example
 * const [rest] = await summarise(run);
 */
export async function summarise(run: Run): Promise<ArmSummary[]> {
  const calls = await run.calls();
  return run.info.arms.map(({ name }) => summariseArm(calls, name, run.info));
}

/** One arm of `calls` in numbers. */
export function summariseArm(calls: Calls, arm: string, info: RunFacts): ArmSummary {
  const counted = countedRoundsOf(calls, arm, info);
  const rounds = counted.filter(hasCalls);
  const durations = Float64Array.from(rounds.flatMap((round) => [...round.durationsMs])).sort();
  const counts = countRows(calls, arm);
  const warm = rounds.reduce((sum, round) => sum + round.calls, 0);
  const totalMs = rounds.reduce((sum, round) => sum + round.totalMs, 0);
  const refused: Record<string, Refusal> = {};
  const pairs = stretchesByPair(rounds, ({ durationsMs }) => durationsMs);
  const estimate = (name: string, p: number) => percentileOrRefusal(pairs, { name, p, info, refused });
  return {
    arm,
    calls: warm,
    warmupCalls: counts.warmup,
    failed: counts.failed,
    errorRate: counts.failed / Math.max(1, counts.failed + counts.warmup + warm),
    meanMs: totalMs / warm,
    minMs: durations[0] ?? Number.NaN,
    medianMs: durations.length === 0 ? Number.NaN : percentile(durations, 0.5),
    p50Ms: estimate("p50Ms", 0.5),
    p90Ms: estimate("p90Ms", 0.9),
    p95Ms: estimate("p95Ms", 0.95),
    p99Ms: estimate("p99Ms", 0.99),
    maxMs: durations.at(-1) ?? Number.NaN,
    firstCallMs: counts.firstCalls.length === 0 ? null : percentile(counts.firstCalls.sort(), 0.5),
    callsPerSecond: rateOf(counted),
    peakCallsPerSecond:
      counted.length === 0 ? Number.NaN : Math.max(...counted.map(({ callsPerSecond }) => callsPerSecond)),
    server: serverCost(info, arm, rounds),
    serverTime: serverTimeOf(calls, arm),
    load: armLoadOf(calls, arm, info),
    connections: counts.connections,
    bytesSentPerCall: counts.rows === 0 ? null : counts.bytesSent / counts.rows,
    bytesReceivedPerCall: counts.rows === 0 ? null : counts.bytesReceived / counts.rows,
    refused,
  };
}

/** What is counted over all rows of an arm, warm or not. */
function countRows(calls: Calls, arm: string) {
  const number = calls.armNames.indexOf(arm);
  const connections = new Set<string>();
  const firstOfPair = new Map<number, { startMs: number; durationMs: number }>();
  const counted = { warmup: 0, failed: 0, rows: 0, bytesSent: 0, bytesReceived: 0 };
  for (let i = 0; i < calls.length; i++) {
    if (calls.arm[i] !== number) continue;
    const pair = calls.pair[i] as number;
    const connection = calls.connectionId[i] as number;
    if (connection >= 0) connections.add(`${pair}/${connection}`);
    const startMs = calls.startMs[i] as number;
    const earliest = firstOfPair.get(pair);
    if (earliest === undefined || startMs < earliest.startMs) {
      firstOfPair.set(pair, { startMs, durationMs: calls.durationMs[i] as number });
    }
    if (calls.ok[i] !== 1) counted.failed += calls.calls[i] as number;
    else if (calls.warmup[i] === 1) counted.warmup += calls.calls[i] as number;
    counted.rows++;
    counted.bytesSent += calls.bytesSent[i] as number;
    counted.bytesReceived += calls.bytesReceived[i] as number;
  }
  const firstCalls = Float64Array.from([...firstOfPair.values()], ({ durationMs }) => durationMs);
  return { ...counted, connections: connections.size, firstCalls };
}
