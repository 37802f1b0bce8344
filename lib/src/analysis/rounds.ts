import type { Calls } from "../record/calls.js";
import { type ImportedInfo, sliceSeconds, whyNoRate } from "../record/imported-info.js";
import { type Load, type LoadRound, lastedOf, runTimeOf } from "../record/load-info.js";
import { LoadMeter } from "../record/load-meter.js";
import type { RunInfo } from "../record/run-info.js";

/** One round of an arm: the warm calls that succeeded, in order, and the time that all of its calls took. */
export interface MeasuredRound {
  readonly pair: number;
  readonly block: number;
  /** ms per call; a row that stands for a batch holds its mean. */
  readonly durationsMs: Float64Array;
  /** Calls that the rows stand for. */
  readonly calls: number;
  /** Sum over those calls. */
  readonly totalMs: number;
  /** From the first start to the last end, of calls that failed too. */
  readonly elapsedMs: number;
  /** Calls that succeeded, a second: `counted` ÷ `seconds`; NaN where `noRate` says why. */
  readonly callsPerSecond: number;
  /** Calls that the rate counts: of a load those that ended while it ran, else all. */
  readonly counted: number;
  /** How long a load ran; else how long the calls would have taken with all callers busy all the time (`LoadMeter`). */
  readonly seconds: number;
  /** Why the round has no rate, as the end of a sentence; null where it has one. */
  readonly noRate: string | null;
  /** Of the body; NaN where it is not known. */
  readonly bytesReceivedPerCall: number;
  /** Null where the round was calls one after another. */
  readonly load: LoadRows | null;
}

/** What a round of a load knows besides of its calls, in the order of `durationsMs`. */
export interface LoadRows {
  readonly runTimeMs: number;
  /** How much of it the load ran, less where it was cut short; null where that is not known. */
  readonly lastedMs: number | null;
  /** When each ended, from the load's begin. */
  readonly endsMs: Float64Array;
  /** From when each was due to its end. */
  readonly fromDueMs: Float64Array;
}

/** What of a run tells which load its rounds were, and when they began. */
export type LoadFacts = Pick<RunInfo, "load" | "loadRounds"> & Partial<Pick<RunInfo, "imported">>;

/** Calls of one arm, taken apart into rounds by pair and block; warm-up calls are left out, and rounds in which none succeeded. */
export function roundsOf(calls: Calls, arm: string, info: LoadFacts): MeasuredRound[] {
  return countedRoundsOf(calls, arm, info).filter(hasCalls);
}

/** The same for what counts calls over a time: with those rounds of a load, or of another tool's, in which none succeeded. */
export function countedRoundsOf(calls: Calls, arm: string, info: LoadFacts): MeasuredRound[] {
  return rowsByRound(calls, arm)
    .map((round, i, all) => measured(calls, round, { arm, info, before: all[i - 1] ?? null }))
    .filter((round) => round.load !== null || info.imported != null || hasCalls(round));
}

/** Whether a call of the round succeeded. */
export function hasCalls({ calls }: MeasuredRound): boolean {
  return calls > 0;
}

/** The rows of a round in the table of calls. */
export interface RoundRows {
  readonly pair: number;
  readonly block: number;
  readonly rows: readonly number[];
}

/** The warm rows of one arm round by round, those of calls that failed included. */
export function rowsByRound(calls: Calls, arm: string): RoundRows[] {
  const number = calls.armNames.indexOf(arm);
  const rounds = new Map<number, number[]>();
  for (let i = 0; i < calls.length; i++) {
    if (calls.arm[i] !== number || calls.warmup[i] === 1) continue;
    const key = (calls.pair[i] as number) * 65_536 + (calls.block[i] as number);
    const round = rounds.get(key);
    if (round === undefined) rounds.set(key, [i]);
    else round.push(i);
  }
  return [...rounds]
    .sort(([a], [b]) => a - b)
    .map(([key, rows]) => ({ pair: Math.floor(key / 65_536), block: key % 65_536, rows }));
}

/** What `run.json` says of a round of a load; null where a run was killed before it did. */
export function loadRoundAt(
  { loadRounds }: LoadFacts,
  { arm, pair, block }: Pick<LoadRound, "arm" | "pair" | "block">,
): LoadRound | null {
  const isHere = (round: LoadRound) => round.arm === arm && round.pair === pair && round.block === block;
  return loadRounds.find(isHere) ?? null;
}

/** When a round of a load began; of a run that was killed in it, when its first call was due. */
export function beginOf(
  calls: Calls,
  { pair, block, rows }: RoundRows,
  { arm, info }: { readonly arm: string; readonly info: LoadFacts },
): number {
  return (
    loadRoundAt(info, { arm, pair, block })?.beginMs ??
    rows.reduce((first, row) => Math.min(first, calls.intendedMs[row] as number), Infinity)
  );
}

function measured(
  calls: Calls,
  round: RoundRows,
  place: { readonly arm: string; readonly info: LoadFacts; readonly before: RoundRows | null },
): MeasuredRound {
  const { pair, block, rows } = round;
  const meter = meterOf(calls, rows);
  const succeeded = rows.filter((row) => calls.ok[row] === 1);
  const { load, imported = null } = place.info;
  const count = succeeded.reduce((sum, row) => sum + (calls.calls[row] as number), 0);
  const ofLoad =
    load === null
      ? null
      : loadRows(calls, succeeded, {
          load,
          beginMs: beginOf(calls, round, place),
          lastedMs: lastedOf(load, loadRoundAt(place.info, { arm: place.arm, pair, block })),
        });
  const rate =
    imported !== null
      ? rateOfSlice(imported, count, round, place.before)
      : ofLoad === null
        ? { counted: count, seconds: count / meter.callsPerSecond(), noRate: null }
        : rateWithin(ofLoad);
  return {
    pair,
    block,
    durationsMs: Float64Array.from(succeeded, (row) => calls.durationMs[row] as number),
    calls: count,
    totalMs: succeeded.reduce(
      (sum, row) => sum + (calls.durationMs[row] as number) * (calls.calls[row] as number),
      0,
    ),
    elapsedMs: meter.elapsedMs(),
    callsPerSecond: rate.counted / rate.seconds,
    ...rate,
    bytesReceivedPerCall:
      succeeded.reduce((sum, row) => sum + (calls.bytesReceived[row] as number), 0) / succeeded.length,
    load: ofLoad,
  };
}

function meterOf(calls: Calls, rows: readonly number[]): LoadMeter {
  const meter = new LoadMeter();
  for (const row of rows) {
    meter.add({
      caller: calls.caller[row] as number,
      startMs: calls.startMs[row] as number,
      durationMs: calls.durationMs[row] as number,
      calls: calls.calls[row] as number,
      ok: calls.ok[row] === 1,
    });
  }
  return meter;
}

function loadRows(
  calls: Calls,
  rows: readonly number[],
  { load, beginMs, lastedMs }: { readonly load: Load; readonly beginMs: number } & Pick<LoadRows, "lastedMs">,
): LoadRows {
  const endMs = (row: number) => (calls.startMs[row] as number) + (calls.durationMs[row] as number);
  const dueMs = (row: number) => calls.intendedMs[row] as number;
  return {
    runTimeMs: runTimeOf(load),
    lastedMs,
    endsMs: Float64Array.from(rows, (row) => endMs(row) - beginMs),
    fromDueMs: Float64Array.from(rows, (row) => endMs(row) - dueMs(row)),
  };
}

/** Nobody knows who made which call of another tool, so its calls are counted over time, stretches without any included. */
function rateOfSlice(
  imported: ImportedInfo,
  counted: number,
  { pair, block }: RoundRows,
  before: RoundRows | null,
) {
  const noRate = whyNoRate(imported, pair);
  const previous = before?.pair === pair ? before.block : null;
  const seconds = noRate === null ? sliceSeconds(imported, { pair, block, before: previous }) : Number.NaN;
  return { counted, seconds, noRate };
}

function rateWithin({ endsMs, runTimeMs, lastedMs }: LoadRows) {
  const ranMs = lastedMs ?? runTimeMs;
  const counted = endsMs.filter((endMs) => endMs <= ranMs).length;
  const noRate =
    lastedMs === null
      ? "how long one of its rounds ran is not known"
      : lastedMs < runTimeMs && counted === 0
        ? "one of its rounds was cut short before a call had succeeded"
        : null;
  return { counted, seconds: noRate === null ? ranMs / 1000 : Number.NaN, noRate };
}

/** The rounds pair by pair, as the statistics take them. */
export function byPair<T extends { readonly pair: number }>(rounds: readonly T[]): T[][] {
  const pairs = new Map<number, T[]>();
  for (const round of rounds) {
    const pair = pairs.get(round.pair);
    if (pair === undefined) pairs.set(round.pair, [round]);
    else pair.push(round);
  }
  return [...pairs.values()];
}
