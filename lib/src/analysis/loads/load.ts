import type { Calls } from "../../record/calls.js";
import type { Estimate } from "../../stats/interval.js";
import type { Missing } from "../../stats/missing.js";
import { percentile } from "../../stats/percentiles/percentile.js";
import { byPair } from "../../stats/ratios/matched-rounds.js";
import { ratioOfSums } from "../../stats/ratios/ratio-of-sums.js";
import { meanEstimate } from "../../stats/resampling/mean-interval.js";
import { type RunFacts, resamplingOf } from "../compare.js";
import { countedRoundsOf, hasCalls, type MeasuredRound } from "../rounds/rounds.js";
import { rowsOfArm } from "../rounds/rows.js";
import { warmRowsOf } from "../rounds/warm-rows.js";
import { summariseArm } from "../summarise.js";
import type { ArmSummary } from "../types.js";
import { countsOf, stretchesByPair } from "./stretches.js";

/** One arm under load; durations in ms. What is null says why in `notMeasured`. */
export interface LoadSummary {
  readonly arm: string;
  /** Measured requests, failed ones included; warm-up is not. */
  readonly requests: number;
  readonly failed: number;
  /** Failed ÷ requests. */
  readonly errorRate: number;
  /** Error code → how many requests ended with it. */
  readonly errors: Readonly<Record<string, number>>;
  readonly meanMs: Estimate | null;
  readonly minMs: number | null;
  readonly maxMs: number | null;
  readonly p50Ms: Estimate | null;
  readonly p90Ms: Estimate | null;
  readonly p95Ms: Estimate | null;
  readonly p99Ms: Estimate | null;
  /** Requests that succeeded, a second: each caller over its own time, or a load's over its run time. */
  readonly requestsPerSecond: Estimate | null;
  /** The same of the best round. */
  readonly peakRequestsPerSecond: number | null;
  /** Until the head of the answer had come; median. */
  readonly firstByteMs: number | null;
  /** The client's time minus what the server says it took; median. */
  readonly networkOverheadMs: number | null;
  /** Processor time of the server; a request that failed counts as one. */
  readonly serverCpuMsPerRequest: number | null;
  /** What the server held at most. */
  readonly serverMemoryBytes: number | null;
  /** Metric → why it is null. */
  readonly notMeasured: Readonly<Record<string, string>>;
}

/** An arm, and what it cannot measure. */
export interface LoadedArm {
  readonly name: string;
  /** Column of the calls → why the arm cannot measure it. */
  readonly notMeasured: Readonly<Record<string, string>>;
}

/** One arm of `calls` under load. Who has its summary already hands it in: percentiles are resampled for a while. */
export function summariseLoad(
  calls: Calls,
  { name: arm, notMeasured }: LoadedArm,
  facts: RunFacts,
  summary: ArmSummary = summariseArm(calls, arm, facts),
): LoadSummary {
  const counted = countedRoundsOf(calls, arm, facts);
  const rounds = counted.filter(hasCalls);
  const { errors, requests } = countRequests(calls, arm);
  const { refused, server, serverTime, minMs, maxMs, p50Ms, p90Ms, p95Ms, p99Ms } = summary;
  const failed = Object.values(errors).reduce((sum, count) => sum + count, 0);
  const firstByteMs = medianFirstByte(calls, arm);
  const rate = rateOrWhy(counted, facts);
  const mean = averageOf(rounds, facts);
  return {
    arm,
    requests,
    failed,
    errorRate: failed / Math.max(1, requests),
    errors,
    meanMs: mean,
    minMs: orNull(minMs),
    maxMs: orNull(maxMs),
    p50Ms,
    p90Ms,
    p95Ms,
    p99Ms,
    requestsPerSecond: "missing" in rate ? null : rate,
    peakRequestsPerSecond: orNull(summary.peakCallsPerSecond),
    firstByteMs,
    networkOverheadMs: serverTime?.overheadMs ?? null,
    serverCpuMsPerRequest: server.cpuMsPerCall,
    serverMemoryBytes: server.memory?.peakBytes ?? null,
    notMeasured: {
      ...Object.fromEntries(Object.entries(refused).map(([metric, why]) => [metric, why.refused])),
      ...("missing" in rate && { requestsPerSecond: rate.missing }),
      ...(rounds.length === 0 && noneSucceeded),
      ...(orNull(summary.peakCallsPerSecond) === null &&
        "missing" in rate && { peakRequestsPerSecond: rate.missing }),
      ...(mean === null && { meanMs: "it needs two requests that succeeded" }),
      ...(firstByteMs === null && {
        firstByteMs: notMeasured.firstByteMs ?? "no request succeeded",
      }),
      ...(serverTime === null && {
        networkOverheadMs: notMeasured.serverMs ?? "no request succeeded",
      }),
      ...(server.missing.cpu !== null && { serverCpuMsPerRequest: server.missing.cpu }),
      ...(server.missing.memory !== null && { serverMemoryBytes: server.missing.memory }),
    },
  };
}

const noneSucceeded = Object.fromEntries(
  ["minMs", "maxMs"].map((metric) => [metric, "no request succeeded"]),
);

/** The rate of an arm over rounds with its interval, or why there is none, as the end of a sentence. */
export function rateOrWhy(rounds: readonly MeasuredRound[], facts: RunFacts): Estimate | Missing {
  if (rounds.length === 0) return { missing: "no request succeeded" };
  const unknown = rounds.find(({ noRate }) => noRate !== null);
  if (unknown?.noRate != null) return { missing: unknown.noRate };
  const pairs = byPair(rounds).map((own) => own.flatMap(countsOf));
  if (pairs.flat().length < 2) {
    return {
      missing: "its interval needs two rounds of calls one after another, or a load that lasts a time",
    };
  }
  return ratioOfSums(pairs, resamplingOf(facts, pairs.length));
}

/** The mean of an arm over rounds with its interval; null for fewer than two calls. */
export function averageOf(rounds: readonly MeasuredRound[], facts: RunFacts): Estimate | null {
  const pairs = stretchesByPair(rounds, ({ durationsMs }) => durationsMs);
  if (rounds.reduce((sum, { calls }) => sum + calls, 0) < 2) return null;
  return meanEstimate(pairs, resamplingOf(facts, pairs.length));
}

function countRequests(calls: Calls, arm: string) {
  const errors: Record<string, number> = {};
  let requests = 0;
  for (const row of rowsOfArm(calls, arm)) {
    if (calls.warmup[row] === 1) continue;
    requests++;
    if (calls.ok[row] === 1) continue;
    const code = calls.errorCodes[calls.error[row] as number] || "FAILED";
    errors[code] = (errors[code] ?? 0) + 1;
  }
  return { requests, errors };
}

function medianFirstByte(calls: Calls, arm: string): number | null {
  const known = Float64Array.from(
    warmRowsOf(calls, arm, "firstByteMs"),
    (row) => calls.firstByteMs[row] as number,
  );
  return known.length === 0 ? null : percentile(known.sort(), 0.5);
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
