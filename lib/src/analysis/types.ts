import type { Estimate } from "../stats/interval.js";
import type { Refusal } from "../stats/percentiles/percentile-interval.js";
import type { Scope } from "../stats/scope.js";

/** What of an arm can be compared. */
export const metrics = [
  "mean",
  "median",
  "p90",
  "p95",
  "p99",
  "min",
  "max",
  "total",
  "elapsed",
  "spread",
  "rate",
  "count",
  "cpu",
  "memory",
  "bytes",
] as const;

/**
 * What of an arm is compared. `total` is the sum of a round's call times, `elapsed` its time from first start to last
 * end, `spread` its longest call minus its shortest, `rate` its calls per second: each caller over its own time, or of a
 * load over the run time. `count` is how many calls of a load's round succeeded and ended within its run time, `cpu` the
 * server's processor time for a round, `memory` what the server held at most by the end of a pair, `bytes` the body bytes
 * that a call received.
 *
 * @example
 * const tails: readonly lab.Metric[] = ["p90", "p99", "max"];
 */
export type Metric = (typeof metrics)[number];

/**
 * First arm ÷ second arm of one run, by one metric.
 *
 * @example
 * const { ratio, scope }: lab.Comparison = await lab.compare(run, { first: "rest", second: "grpc" });
 */
export interface Comparison {
  readonly first: string;
  readonly second: string;
  readonly metric: Metric;
  readonly ratio: Estimate;
  readonly pairs: number;
  readonly blocks: number;
  /** Warm, successful calls of both arms that it rests on. */
  readonly calls: number;
  readonly scope: Scope;
  /** Folder of the run, from the project's root; null for calls that were never saved. */
  readonly run: string | null;
}

/**
 * What the server of an arm used.
 *
 * @example
 * const cpuUs = ({ cpuMsPerCall }: lab.ServerCost) => (cpuMsPerCall === null ? null : cpuMsPerCall * 1000);
 */
export interface ServerCost {
  /**
   * Its processor time a call in warm rounds, in ms; a call that failed counts as one. Compilers and garbage collectors in
   * other threads are part of it, so it settles later than durations do.
   */
  readonly cpuMsPerCall: number | null;
  /** Of a server process that the run started for this arm alone. */
  readonly memory: ServerMemory | null;
  /** Why one of them is null, as the end of a sentence; null where it is known. */
  readonly missing: { readonly cpu: string | null; readonly memory: string | null };
}

/** What of a call was the work in the server, where answers say so; medians of warm calls, in ms. */
export interface ServerTime {
  readonly inServerMs: number;
  /** The client's time less the server's, call by call: protocol, frameworks, network, and waiting for a turn. */
  readonly overheadMs: number;
}

/**
 * Resident memory of a server process.
 *
 * @example
 * const peakMB = ({ peakBytes }: lab.ServerMemory) => peakBytes / 1e6;
 */
export interface ServerMemory {
  /** What it held at most, starting and warming up included; median over pairs. */
  readonly peakBytes: number;
  /** How much more it held after the last warm round than after the first, a call between; below 0 where it shrank. */
  readonly grownBytesPerCall: number | null;
}

/** What only a load says of an arm; durations in ms, of warm calls that succeeded. */
export interface ArmLoad {
  /** Calls that were due ÷ the time that the load ran; null for a closed load, whose users ask for no rate, and where that time is not known. */
  readonly askedPerSecond: number | null;
  /** Calls that were due and had not been sent when the run time was over; null for a round that never ended. */
  readonly notSent: number | null;
  /**
   * From when a call was due to its end: what a user waits, while `p50Ms` and the like count from when it was sent. Of all
   * calls that were due: those that failed or were never sent waited longest.
   */
  readonly dueP50Ms: Estimate | null;
  readonly dueP95Ms: Estimate | null;
  readonly dueP99Ms: Estimate | null;
  /** Percentile → why it is null. */
  readonly refused: Readonly<Record<string, Refusal>>;
}

/**
 * One arm in numbers; durations in ms. A percentile without enough calls is null, and `refused` says what it needs.
 *
 * @example
 * const spread = ({ minMs, maxMs }: lab.ArmSummary) => maxMs - minMs;
 */
export interface ArmSummary {
  readonly arm: string;
  /** Warm calls that succeeded. */
  readonly calls: number;
  readonly warmupCalls: number;
  readonly failed: number;
  readonly errorRate: number;
  readonly meanMs: number;
  readonly minMs: number;
  /** Of the calls as they are; NaN without any. `p50Ms` is the same with its interval, where there are enough. */
  readonly medianMs: number;
  readonly p50Ms: Estimate | null;
  readonly p90Ms: Estimate | null;
  readonly p95Ms: Estimate | null;
  readonly p99Ms: Estimate | null;
  readonly maxMs: number;
  /** First call of each pair: connecting included; median over pairs. */
  readonly firstCallMs: number | null;
  /** Calls that succeeded, a second, over all warm rounds: each caller over its own time (`LoadMeter`), or a load's over its run time. */
  readonly callsPerSecond: number;
  /** The same of the best round. */
  readonly peakCallsPerSecond: number;
  readonly server: ServerCost;
  readonly serverTime: ServerTime | null;
  /** Null where calls were made one after another. */
  readonly load: ArmLoad | null;
  readonly connections: number;
  readonly bytesSentPerCall: number | null;
  readonly bytesReceivedPerCall: number | null;
  /** Metric → how many calls it would need. */
  readonly refused: Readonly<Record<string, Refusal>>;
}
