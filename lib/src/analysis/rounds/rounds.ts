import type { ComparedRound } from "../../recompute/compared.js";
import type { Calls } from "../../record/calls.js";
import { type ImportedInfo, sliceSeconds, whyNoRate } from "../../record/imported-info.js";
import { type Load, type LoadRound, lastedOf, runTimeOf } from "../../record/load-info.js";
import { LoadMeter } from "../../record/load-meter.js";
import type { RunInfo } from "../../record/run-info.js";
import type { RoundNumbers } from "../../stats/ratios/round-metric.js";
import { type RoundRows, rowsByRound, rowsOfAllRounds } from "./rows.js";

/** One round of an arm: the warm calls that succeeded, in order, and the time that all of its calls took. */
export interface MeasuredRound extends RoundNumbers {
  readonly block: number;
  /** Calls that the rate counts: of a load those that ended while it ran, else all. */
  readonly counted: number;
  /** How long a load ran; else how long the calls would have taken with all callers busy all the time (`LoadMeter`). */
  readonly seconds: number;
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
export type LoadFacts = Pick<RunInfo, "load" | "loadRounds"> & Partial<Pick<RunInfo, "imported" | "service">>;

/** Calls of one arm, taken apart into rounds by pair and block; warm-up calls are left out, and rounds in which none succeeded. */
export function roundsOf(calls: Calls, arm: string, info: LoadFacts): MeasuredRound[] {
  return countedRoundsOf(calls, arm, info).filter(hasCalls);
}

/** The same for what counts calls over a time: with those rounds of a load, or of another tool's, in which none succeeded. */
export function countedRoundsOf(calls: Calls, arm: string, info: LoadFacts): MeasuredRound[] {
  return rowsByRound(calls, arm)
    .map((round, i, all) => measured(calls, round, { arm, info, before: all[i - 1] ?? null }))
    .filter((round) => isCounted(round, info));
}

function isCounted(round: MeasuredRound, { imported }: LoadFacts): boolean {
  return round.load !== null || imported != null || hasCalls(round);
}

/** The same with rounds of warm-up, which `warm` tells from the others. */
export function allRoundsOf(
  calls: Calls,
  arm: string,
  info: LoadFacts,
): readonly (MeasuredRound & ComparedRound)[] {
  return rowsOfAllRounds(calls, arm)
    .map((round, i, all) => {
      const own = measured(calls, round, { arm, info, before: all[i - 1] ?? null });
      return {
        ...own,
        warm: calls.warmup[round.rows[0] as number] === 0,
        callsOfRow: round.rows.filter((row) => calls.ok[row] === 1).map((row) => calls.calls[row] as number),
        secondOfRow: Uint16Array.from(own.load?.endsMs ?? own.durationsMs, (endMs) =>
          own.load === null ? 0 : endMs / 1000,
        ),
      };
    })
    .filter((round) => isCounted(round, info));
}

/** Whether a call of the round succeeded. */
export function hasCalls({ calls }: MeasuredRound): boolean {
  return calls > 0;
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
  const { durationsMs, bytesReceived, ...sums } = succeededOf(calls, rows);
  const { load, imported = null } = place.info;
  const ofLoad =
    load === null
      ? null
      : loadRows(calls, rows, {
          load,
          succeeded: durationsMs.length,
          beginMs: beginOf(calls, round, place),
          lastedMs: lastedOf(load, loadRoundAt(place.info, { arm: place.arm, pair, block })),
        });
  const rate =
    imported !== null
      ? rateOfSlice(imported, sums.calls, round, place.before)
      : ofLoad === null
        ? rateOfChain(sums.calls, meter, place.info)
        : rateWithin(ofLoad);
  return {
    pair,
    block,
    durationsMs,
    ...sums,
    elapsedMs: meter.elapsedMs(),
    callsPerSecond: rate.counted / rate.seconds,
    ...rate,
    bytesReceivedPerCall: bytesReceived / durationsMs.length,
    load: ofLoad,
  };
}

/** What the calls of a round that succeeded took, one by one and together. */
function succeededOf(calls: Calls, rows: Uint32Array) {
  const durationsMs = new Float64Array(rows.length);
  const sums = { calls: 0, totalMs: 0, bytesReceived: 0 };
  let succeeded = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    if (calls.ok[row] !== 1) continue;
    const durationMs = calls.durationMs[row] as number;
    const count = calls.calls[row] as number;
    durationsMs[succeeded++] = durationMs;
    sums.calls += count;
    sums.totalMs += durationMs * count;
    sums.bytesReceived += calls.bytesReceived[row] as number;
  }
  return { durationsMs: durationsMs.subarray(0, succeeded), ...sums };
}

function meterOf(calls: Calls, rows: Uint32Array): LoadMeter {
  const meter = new LoadMeter();
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
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
  rows: Uint32Array,
  {
    load,
    succeeded,
    beginMs,
    lastedMs,
  }: { readonly load: Load; readonly succeeded: number; readonly beginMs: number } & Pick<
    LoadRows,
    "lastedMs"
  >,
): LoadRows {
  const endsMs = new Float64Array(succeeded);
  const fromDueMs = new Float64Array(succeeded);
  let at = 0;
  for (const row of rows) {
    if (calls.ok[row] !== 1) continue;
    const endMs = (calls.startMs[row] as number) + (calls.durationMs[row] as number);
    endsMs[at] = endMs - beginMs;
    fromDueMs[at++] = endMs - (calls.intendedMs[row] as number);
  }
  return { runTimeMs: runTimeOf(load), lastedMs, endsMs, fromDueMs };
}

/** What the lab held back is not the service's. */
function rateOfChain(counted: number, meter: LoadMeter, { service }: LoadFacts) {
  const held = service?.bounds ?? null;
  if (held === null) return { counted, seconds: counted / meter.callsPerSecond(), noRate: null };
  return { counted, seconds: Number.NaN, noRate: `calls were held to ${held.mostPerSecond} a second` };
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
