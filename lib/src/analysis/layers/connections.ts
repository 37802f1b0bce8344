import type { Calls } from "../../record/calls.js";
import { eachWarmRow } from "../rounds/warm-rows.js";

/** How the warm calls of an arm that succeeded shared connections. */
export interface ConnectionUse {
  readonly arm: string;
  readonly calls: number;
  readonly connections: number;
  /** Most calls that were under way on one connection at the same time. */
  readonly mostUnderWay: number;
  /** Calls whose answer came after that of a call which was sent later on the same connection. */
  readonly overtaken: number;
}

/** Counts it from the record: a connection is one of a round, since loads open new ones. */
export function connectionUseOf(calls: Calls, arm: string): ConnectionUse {
  const groups = byConnection(calls, arm);
  return {
    arm,
    calls: groups.reduce((sum, group) => sum + group.length, 0),
    connections: groups.length,
    mostUnderWay: Math.max(0, ...groups.map(mostUnderWay)),
    overtaken: groups.reduce((sum, group) => sum + overtaken(group), 0),
  };
}

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** The calls of each connection in the order in which they were sent. */
function byConnection(calls: Calls, arm: string): Span[][] {
  const number = calls.armNames.indexOf(arm);
  const groups = new Map<string, Span[]>();
  eachWarmRow(calls, (own, row) => {
    if (own !== number) return;
    const startMs = calls.startMs[row] as number;
    const span = { startMs, endMs: startMs + (calls.durationMs[row] as number) };
    const key = `${calls.pair[row]}/${calls.block[row]}/${calls.connectionId[row]}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [span]);
    else group.push(span);
  });
  return [...groups.values()].map((group) => group.sort((a, b) => a.startMs - b.startMs));
}

function mostUnderWay(spans: readonly Span[]): number {
  // An end comes before a start at the same instant: such calls follow each other.
  const steps = spans
    .flatMap(({ startMs, endMs }) => [
      { atMs: startMs, change: 1 },
      { atMs: endMs, change: -1 },
    ])
    .sort((a, b) => a.atMs - b.atMs || a.change - b.change);
  let now = 0;
  let most = 0;
  for (const { change } of steps) {
    now += change;
    most = Math.max(most, now);
  }
  return most;
}

function overtaken(spans: readonly Span[]): number {
  let count = 0;
  let earliestLater = Number.POSITIVE_INFINITY;
  for (const { endMs } of spans.toReversed()) {
    if (earliestLater < endMs) count++;
    earliestLater = Math.min(earliestLater, endMs);
  }
  return count;
}
