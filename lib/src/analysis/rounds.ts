import type { Calls } from "../record/calls.js";
import { LoadMeter } from "../record/load-meter.js";

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
  /** Calls that succeeded, a second (`LoadMeter`). */
  readonly callsPerSecond: number;
}

/** Calls of one arm, taken apart into rounds by pair and block; warm-up calls are left out, and rounds in which none succeeded. */
export function roundsOf(calls: Calls, arm: string): MeasuredRound[] {
  const number = calls.armNames.indexOf(arm);
  const rows = new Map<number, number[]>();
  for (let i = 0; i < calls.length; i++) {
    if (calls.arm[i] !== number || calls.warmup[i] === 1) continue;
    const key = (calls.pair[i] as number) * 65_536 + (calls.block[i] as number);
    const round = rows.get(key);
    if (round === undefined) rows.set(key, [i]);
    else round.push(i);
  }
  return [...rows]
    .filter(([, indices]) => indices.some((i) => calls.ok[i] === 1))
    .sort(([a], [b]) => a - b)
    .map(([key, indices]) => measured(calls, key, indices));
}

function measured(calls: Calls, key: number, indices: readonly number[]): MeasuredRound {
  const meter = new LoadMeter();
  for (const i of indices) {
    meter.add({
      caller: calls.caller[i] as number,
      startMs: calls.startMs[i] as number,
      durationMs: calls.durationMs[i] as number,
      calls: calls.calls[i] as number,
      ok: calls.ok[i] === 1,
    });
  }
  const succeeded = indices.filter((i) => calls.ok[i] === 1);
  let count = 0;
  let totalMs = 0;
  for (const i of succeeded) {
    count += calls.calls[i] as number;
    totalMs += (calls.durationMs[i] as number) * (calls.calls[i] as number);
  }
  return {
    pair: Math.floor(key / 65_536),
    block: key % 65_536,
    durationsMs: Float64Array.from(succeeded, (i) => calls.durationMs[i] as number),
    calls: count,
    totalMs,
    elapsedMs: meter.elapsedMs(),
    callsPerSecond: meter.callsPerSecond(),
  };
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
