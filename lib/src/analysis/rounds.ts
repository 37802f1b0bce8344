import type { Calls } from "../record/calls.js";

/** One round of an arm: the warm calls that succeeded, in order. */
export interface MeasuredRound {
  readonly pair: number;
  readonly block: number;
  /** ms per call; a row that stands for a batch holds its mean. */
  readonly durationsMs: Float64Array;
  /** Calls that the rows stand for. */
  readonly calls: number;
  /** Sum over those calls. */
  readonly totalMs: number;
  /** From the first start to the last end. */
  readonly elapsedMs: number;
}

/** Calls of one arm, taken apart into rounds by pair and block; failed and warm-up calls are left out. */
export function roundsOf(calls: Calls, arm: string): MeasuredRound[] {
  const number = calls.armNames.indexOf(arm);
  const rows = new Map<number, number[]>();
  for (let i = 0; i < calls.length; i++) {
    if (calls.arm[i] !== number || calls.ok[i] !== 1 || calls.warmup[i] === 1) continue;
    const key = (calls.pair[i] as number) * 65_536 + (calls.block[i] as number);
    const round = rows.get(key);
    if (round === undefined) rows.set(key, [i]);
    else round.push(i);
  }
  return [...rows].sort(([a], [b]) => a - b).map(([key, indices]) => measured(calls, key, indices));
}

function measured(calls: Calls, key: number, indices: readonly number[]): MeasuredRound {
  const durationsMs = Float64Array.from(indices, (i) => calls.durationMs[i] as number);
  let count = 0;
  let totalMs = 0;
  let firstStartMs = Number.POSITIVE_INFINITY;
  let lastEndMs = Number.NEGATIVE_INFINITY;
  for (const i of indices) {
    const startMs = calls.startMs[i] as number;
    const tookMs = (calls.durationMs[i] as number) * (calls.calls[i] as number);
    count += calls.calls[i] as number;
    totalMs += tookMs;
    firstStartMs = Math.min(firstStartMs, startMs);
    lastEndMs = Math.max(lastEndMs, startMs + tookMs);
  }
  const place = { pair: Math.floor(key / 65_536), block: key % 65_536 };
  return { ...place, durationsMs, calls: count, totalMs, elapsedMs: lastEndMs - firstStartMs };
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
