import type { Calls } from "../record/calls.js";
import type { Run } from "../record/run.js";
import { percentile } from "../stats/percentiles/percentile.js";
import { poolableCalls, type Refusal } from "../stats/percentiles/percentile-interval.js";
import { type PooledCalls, valueAt } from "../stats/percentiles/pooled-calls.js";
import { pooledPercentile } from "../stats/percentiles/pooled-percentile.js";
import { rateOf } from "../stats/ratios/round-metric.js";
import type { RunFacts } from "./compare.js";
import { failuresOf } from "./failures.js";
import { serverCost } from "./layers/server-cost.js";
import { serverTimeOf } from "./layers/server-time.js";
import { armLoadOf } from "./loads/arm-load.js";
import { stretchesByPair } from "./loads/stretches.js";
import { percentileOrRefusal } from "./percentile-or-refusal.js";
import { countedRoundsOf, hasCalls } from "./rounds/rounds.js";
import { rowsOfArm } from "./rounds/rows.js";
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
  const counts = countRows(calls, arm);
  const failures = failuresOf(calls, arm);
  const warm = rounds.reduce((sum, round) => sum + round.calls, 0);
  const totalMs = rounds.reduce((sum, round) => sum + round.totalMs, 0);
  const refused: Record<string, Refusal> = {};
  const durations = poolableCalls(stretchesByPair(rounds, ({ durationsMs }) => durationsMs));
  const estimate = (name: string, p: number) => percentileOrRefusal(durations, { name, p, info, refused });
  const [minMs, medianMs, maxMs] =
    rounds.length === 0 ? [Number.NaN, Number.NaN, Number.NaN] : middleAndEnds(durations.pool());
  return {
    arm,
    calls: warm,
    warmupCalls: counts.warmup,
    failed: failures.above,
    errorRate: failures.above / Math.max(1, failures.below),
    meanMs: totalMs / warm,
    minMs,
    medianMs,
    p50Ms: estimate("p50Ms", 0.5),
    p90Ms: estimate("p90Ms", 0.9),
    p95Ms: estimate("p95Ms", 0.95),
    p99Ms: estimate("p99Ms", 0.99),
    maxMs,
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

function middleAndEnds(pool: PooledCalls): readonly [number, number, number] {
  return [valueAt(pool, 0), pooledPercentile(pool, 0.5), valueAt(pool, pool.length - 1)];
}

interface FirstCall {
  readonly pair: number;
  startMs: number;
  durationMs: number;
}

/** What is counted over all rows of an arm, warm or not. */
function countRows(calls: Calls, arm: string) {
  const connections = new Set<number>();
  const firstOfPair = new Map<number, FirstCall>();
  const counted = { warmup: 0, bytesSent: 0, bytesReceived: 0 };
  const rows = rowsOfArm(calls, arm);
  let earliest = { pair: -1, startMs: Number.NaN, durationMs: Number.NaN } as FirstCall;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const pair = calls.pair[row] as number;
    const connection = calls.connectionId[row] as number;
    if (connection >= 0) connections.add(pair * 2 ** 32 + connection);
    const startMs = calls.startMs[row] as number;
    const durationMs = calls.durationMs[row] as number;
    if (earliest.pair !== pair) {
      earliest = firstOfPair.get(pair) ?? { pair, startMs, durationMs };
      firstOfPair.set(pair, earliest);
    }
    if (startMs < earliest.startMs) {
      earliest.startMs = startMs;
      earliest.durationMs = durationMs;
    }
    if (calls.ok[row] === 1 && calls.warmup[row] === 1) counted.warmup += calls.calls[row] as number;
    counted.bytesSent += calls.bytesSent[row] as number;
    counted.bytesReceived += calls.bytesReceived[row] as number;
  }
  const firstCalls = Float64Array.from([...firstOfPair.values()], ({ durationMs }) => durationMs);
  return { ...counted, rows: rows.length, connections: connections.size, firstCalls };
}
