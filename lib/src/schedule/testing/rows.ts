import type { RoundPart } from "../../record/calls.js";

/** One call of a round as its record has it. */
export interface Row {
  readonly index: number;
  readonly caller: number;
  readonly intendedMs: number;
  readonly startMs: number;
  readonly durationMs: number;
  readonly bytesSent: number;
  readonly serverMs: number;
  readonly ok: boolean;
  readonly error: string;
  readonly connectionId: number;
}

/** Rows of all parts: a round on a busy machine is flushed more than once. */
export function rowsOf(parts: readonly RoundPart[]): Row[] {
  return parts.flatMap(({ columns, errorCodes }) =>
    Array.from({ length: columns.length }, (_, row) => ({
      index: columns.index[row] as number,
      caller: columns.caller[row] as number,
      intendedMs: columns.intendedMs[row] as number,
      startMs: columns.startMs[row] as number,
      durationMs: columns.durationMs[row] as number,
      bytesSent: columns.bytesSent[row] as number,
      serverMs: columns.serverMs[row] as number,
      ok: columns.ok[row] === 1,
      error: errorCodes[columns.error[row] as number] as string,
      connectionId: columns.connectionId[row] as number,
    })),
  );
}

/** The most calls that were under way at once, from their starts and ends. */
export function mostUnderWay(rows: readonly Row[]): number {
  const changes = rows.flatMap(({ startMs, durationMs }) => [
    { at: startMs, by: 1 },
    { at: startMs + durationMs, by: -1 },
  ]);
  changes.sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  return Math.max(0, ...changes.map(({ by }) => (now += by)));
}
