import type { Calls } from "../../record/calls.js";
import { type Load, type LoadRound, type LoadSecond, runTimeOf } from "../../record/load-info.js";
import { usersAt } from "../../schedule/users.js";
import { percentile } from "../../stats/percentiles/percentile.js";
import { beginOf, type LoadFacts, loadRoundAt } from "../rounds/rounds.js";
import { type RoundRows, rowsByRound } from "../rounds/rows.js";

/** One round of a load, second by second. */
export interface Series {
  readonly arm: string;
  readonly pair: number;
  readonly block: number;
  /** From the load's begin until its last call had ended. */
  readonly seconds: readonly SeriesSecond[];
}

/** A second of a load; durations in ms, of the calls that succeeded and ended in it; null where there is none. */
export interface SeriesSecond {
  /** Counted from 0 at the load's begin. */
  readonly second: number;
  /** Users in the load at its end: of a closed load by its ramp, of an open one callers that had been needed by then. */
  readonly users: number;
  /** Calls sent in it. */
  readonly sent: number;
  /** Calls that succeeded and ended in it. */
  readonly finished: number;
  /** Error code → calls that failed and ended in it. */
  readonly failed: Readonly<Record<string, number>>;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
  /** From when they were due; calls that failed or were never sent are in none of these. */
  readonly dueP99Ms: number | null;
  /** Of the calls sent in it: how long after they were due. */
  readonly lateP99Ms: number | null;
  /** Processors in use: processor time ÷ time; null where unknown. */
  readonly serverCpu: number | null;
  readonly clientCpu: number | null;
  readonly serverBytes: number | null;
  readonly clientBytes: number | null;
  /** Share of the time in which the busiest client's event loop had something to do. */
  readonly clientLoopUse: number | null;
}

/**
 * Every warm round of an arm's load, second by second: a call is counted as sent in the second in which it began, and as
 * finished or failed in the one in which it ended. Empty for calls one after another.
 */
export function seriesOf(calls: Calls, info: LoadFacts, arm: string): Series[] {
  const { load } = info;
  if (load === null) return [];
  return rowsByRound(calls, arm).map((round) => {
    const { pair, block } = round;
    const beginMs = beginOf(calls, round, { arm, info });
    const seconds = secondsOf(calls, round, {
      load,
      beginMs,
      known: loadRoundAt(info, { arm, pair, block }),
    });
    return { arm, pair, block, seconds };
  });
}

interface SeriesFacts {
  readonly load: Load;
  readonly beginMs: number;
  readonly known: LoadRound | null;
}

function secondsOf(calls: Calls, { rows }: RoundRows, { load, beginMs, known }: SeriesFacts): SeriesSecond[] {
  const at = (ms: number) => Math.max(0, Math.floor((ms - beginMs) / 1000));
  const bySecond = new Seconds();
  const usedBefore = new Set<number>();
  for (const row of rows) {
    const startMs = calls.startMs[row] as number;
    const endMs = startMs + (calls.durationMs[row] as number);
    const dueMs = calls.intendedMs[row] as number;
    const began = bySecond.at(at(startMs));
    began.lateMs.push(startMs - dueMs);
    began.callers.push(calls.caller[row] as number);
    const ended = bySecond.at(at(endMs));
    if (calls.ok[row] === 1) {
      ended.durationsMs.push(endMs - startMs);
      ended.fromDueMs.push(endMs - dueMs);
    } else {
      const code = calls.errorCodes[calls.error[row] as number] || "FAILED";
      ended.failed[code] = (ended.failed[code] ?? 0) + 1;
    }
  }
  return bySecond.all.map((counted, second) => {
    for (const caller of counted.callers) usedBefore.add(caller);
    const users =
      load.kind === "open"
        ? usedBefore.size
        : // One who is due exactly at the end of the run time does not begin.
          usersAt(Math.min((second + 1) * 1000, runTimeOf(load)) - 1e-6, load);
    return { second, users, ...numbersOf(counted), ...usedIn(known?.seconds ?? [], second) };
  });
}

/** What is collected of a second. */
interface Counted {
  readonly lateMs: number[];
  readonly callers: number[];
  readonly durationsMs: number[];
  readonly fromDueMs: number[];
  readonly failed: Record<string, number>;
}

/** Seconds from 0 on, without a gap up to the last one that was asked for. */
class Seconds {
  readonly all: Counted[] = [];

  at(second: number): Counted {
    while (this.all.length <= second) {
      this.all.push({ lateMs: [], callers: [], durationsMs: [], fromDueMs: [], failed: {} });
    }
    return this.all[second] as Counted;
  }
}

function numbersOf({ lateMs, durationsMs, fromDueMs, failed }: Counted) {
  const sorted = Float64Array.from(durationsMs).sort();
  return {
    sent: lateMs.length,
    finished: durationsMs.length,
    failed,
    p50Ms: percentileOrNull(sorted, 0.5),
    p95Ms: percentileOrNull(sorted, 0.95),
    p99Ms: percentileOrNull(sorted, 0.99),
    maxMs: sorted.at(-1) ?? null,
    dueP99Ms: percentileOrNull(Float64Array.from(fromDueMs).sort(), 0.99),
    lateP99Ms: percentileOrNull(Float64Array.from(lateMs).sort(), 0.99),
  };
}

function percentileOrNull(sorted: Float64Array, p: number): number | null {
  return sorted.length === 0 ? null : percentile(sorted, p);
}

/** What the processes used in a second; the watch's readings lie within some ms of its ends. */
function usedIn(seconds: readonly LoadSecond[], second: number) {
  const reading = seconds[second];
  const elapsedMs = reading === undefined ? 0 : reading.atMs - (seconds[second - 1]?.atMs ?? 0);
  const processors = (cpuMs: number | null | undefined) =>
    cpuMs == null || elapsedMs <= 0 ? null : cpuMs / elapsedMs;
  return {
    serverCpu: processors(reading?.serverCpuMs),
    clientCpu: processors(reading?.clientCpuMs),
    serverBytes: reading?.serverBytes ?? null,
    clientBytes: reading?.clientBytes ?? null,
    clientLoopUse: reading?.clientLoopUse ?? null,
  };
}
