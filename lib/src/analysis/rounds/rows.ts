import type { Calls } from "../../record/calls.js";

/** The rows of a round in the table of calls. */
export interface RoundRows {
  readonly pair: number;
  readonly block: number;
  readonly rows: Uint32Array;
}

/** Rows of calls by arm and round: many numbers are over them, of millions of rows, and calls never change. */
interface KnownRows {
  readonly ofArms: readonly Uint32Array[];
  readonly byRound: Map<string, readonly RoundRows[]>;
}

const known = new WeakMap<Calls, KnownRows>();

/** The rows of an arm in their order, warm or not; found once and kept as long as the calls are. */
export function rowsOfArm(calls: Calls, arm: string): Uint32Array {
  return knownOf(calls).ofArms[calls.armNames.indexOf(arm)] ?? new Uint32Array(0);
}

/** The warm rows of one arm round by round, those of calls that failed included; found once as well. */
export function rowsByRound(calls: Calls, arm: string): readonly RoundRows[] {
  const { byRound } = knownOf(calls);
  const found = byRound.get(arm) ?? takenApart(calls, rowsOfArm(calls, arm));
  byRound.set(arm, found);
  return found;
}

/** The same with the rows of warm-up, found anew each time. */
export function rowsOfAllRounds(calls: Calls, arm: string): readonly RoundRows[] {
  return takenApart(calls, rowsOfArm(calls, arm), { warmup: true });
}

function knownOf(calls: Calls): KnownRows {
  const found = known.get(calls) ?? { ofArms: byArm(calls), byRound: new Map() };
  known.set(calls, found);
  return found;
}

function byArm({ length, arm, armNames }: Calls): Uint32Array[] {
  const counts = new Uint32Array(armNames.length);
  for (let row = 0; row < length; row++)
    counts[arm[row] as number] = (counts[arm[row] as number] as number) + 1;
  const rows = Array.from(counts, (count) => new Uint32Array(count));
  const next = new Uint32Array(armNames.length);
  for (let row = 0; row < length; row++) {
    const own = arm[row] as number;
    const at = next[own] as number;
    next[own] = at + 1;
    (rows[own] as Uint32Array)[at] = row;
  }
  return rows;
}

interface Round {
  readonly pair: number;
  readonly block: number;
  count: number;
  begin: number;
}

function takenApart(
  { pair, block, warmup }: Calls,
  rows: Uint32Array,
  kept = { warmup: false },
): RoundRows[] {
  const isKept = (row: number) => kept.warmup || warmup[row] !== 1;
  const rounds = new Map<number, Round>();
  let last: Round | null = null;
  const roundAt = (row: number): Round => {
    const ownPair = pair[row] as number;
    const ownBlock = block[row] as number;
    // Most rows are of the round of the one before.
    if (last !== null && last.pair === ownPair && last.block === ownBlock) return last;
    const key = ownPair * 65_536 + ownBlock;
    last = rounds.get(key) ?? { pair: ownPair, block: ownBlock, count: 0, begin: 0 };
    rounds.set(key, last);
    return last;
  };
  for (const row of rows) if (isKept(row)) roundAt(row).count++;
  const ordered = [...rounds].sort(([a], [b]) => a - b).map(([, round]) => round);
  let warm = 0;
  for (const round of ordered) {
    round.begin = warm;
    warm += round.count;
    round.count = 0;
  }
  const all = new Uint32Array(warm);
  for (const row of rows) {
    if (!isKept(row)) continue;
    const round = roundAt(row);
    all[round.begin + round.count++] = row;
  }
  return ordered.map(({ pair: ownPair, block: ownBlock, begin, count }) => ({
    pair: ownPair,
    block: ownBlock,
    rows: all.subarray(begin, begin + count),
  }));
}
