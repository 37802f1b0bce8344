import type { Calls } from "../record/calls.js";
import type { RunInfo } from "../record/run-info.js";

/** A call of a load when it was over. */
export interface EndedCall {
  /** From the load's begin, in ms. */
  readonly endMs: number;
  readonly durationMs: number;
  readonly ok: boolean;
}

/** The calls of one round of a load, in the order in which they ended. */
export interface LoadCalls {
  readonly arm: string;
  readonly pair: number;
  readonly block: number;
  readonly calls: readonly EndedCall[];
}

/** Every round of a run's load, arm by arm, each in the order in which rounds were run; none where the run has no load. */
export function loadCallsOf(
  calls: Calls,
  info: Pick<RunInfo, "load" | "loadRounds" | "warmupBlocks">,
): LoadCalls[] {
  if (info.load === null) return [];
  const rounds = new Map<string, number[]>();
  for (let row = 0; row < calls.length; row++) {
    // The blocks before run calls one after another.
    if ((calls.block[row] as number) < info.warmupBlocks) continue;
    const key = [calls.arm, calls.pair, calls.block].map((column) => column[row]).join("/");
    const rows = rounds.get(key);
    if (rows === undefined) rounds.set(key, [row]);
    else rows.push(row);
  }
  return [...rounds.values()]
    .map((rows) => roundOf(calls, rows, info.loadRounds))
    .sort((a, b) => order(calls, a) - order(calls, b) || a.pair - b.pair || a.block - b.block);
}

function roundOf(calls: Calls, rows: readonly number[], known: RunInfo["loadRounds"]): LoadCalls {
  const [first] = rows as readonly [number, ...number[]];
  const arm = calls.armNames[calls.arm[first] as number] as string;
  const [pair, block] = [calls.pair[first] as number, calls.block[first] as number];
  const round = known.find((one) => one.arm === arm && one.pair === pair && one.block === block);
  // A load whose end nobody saw has no other begin than its first call.
  const beginMs =
    round?.beginMs ?? rows.reduce((least, row) => Math.min(least, calls.startMs[row] as number), Infinity);
  const ended = rows.map((row) => {
    const durationMs = calls.durationMs[row] as number;
    return {
      endMs: (calls.startMs[row] as number) + durationMs - beginMs,
      durationMs,
      ok: calls.ok[row] === 1,
    };
  });
  return { arm, pair, block, calls: ended.sort((a, b) => a.endMs - b.endMs) };
}

function order({ armNames }: Calls, { arm }: LoadCalls): number {
  return armNames.indexOf(arm);
}
