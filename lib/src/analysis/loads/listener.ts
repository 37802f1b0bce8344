import type { EndedCall } from "./load-calls.js";

/** A row of post 004's `locust_results.csv`. */
export interface ListenerRow {
  /** From the first row. */
  readonly timeS: number;
  /** Calls that ended since the row before. They are named a second's, and a row waits a second and then for a call. */
  readonly rps: number;
  /** Time of all calls so far that succeeded ÷ number of all calls so far, those that failed included. */
  readonly meanMs: number;
  /** Calls so far that failed. */
  readonly failures: number;
}

/** A row comes at the first call that ends so long after the row before. */
const rowEveryMs = 1000;

/**
 * The rows that post 004's listener would have written of these calls, given in the order in which they ended. Its clock
 * began when its program did, more than a second before the first call, so that one writes the first row.
 *
 * @example
 * listenerRows(loadCallsOf(calls, info)[0].calls);
 */
export function listenerRows(calls: readonly EndedCall[]): ListenerRow[] {
  const rows: ListenerRow[] = [];
  let firstRowMs = Number.NaN;
  let lastRowMs = Number.NEGATIVE_INFINITY;
  let callsBefore = 0;
  let totalMs = 0;
  let failures = 0;
  for (const [before, { endMs, durationMs, ok }] of calls.entries()) {
    const count = before + 1;
    if (ok) totalMs += durationMs;
    else failures++;
    if (endMs - lastRowMs < rowEveryMs) continue;
    if (rows.length === 0) firstRowMs = endMs;
    rows.push({
      timeS: (endMs - firstRowMs) / 1000,
      rps: count - callsBefore,
      meanMs: totalMs / count,
      failures,
    });
    lastRowMs = endMs;
    callsBefore = count;
  }
  return rows;
}

/** Those rows as the file that the post's code writes: Python's CSV, header included. */
export function resultsFile(calls: readonly EndedCall[]): string {
  const rows = listenerRows(calls).map(({ timeS, rps, meanMs, failures }) =>
    [pythonFloat(timeS), rps, pythonFloat(meanMs), failures].join(","),
  );
  return ["Time (s),RPS,Avg Response Time (ms),Failure Count", ...rows, ""].join("\r\n");
}

/** The post's other file: the response time of every call that succeeded, in ms, a line each. */
export function responseTimesFile(calls: readonly EndedCall[]): string {
  return calls.flatMap(({ ok, durationMs }) => (ok ? [`${pythonFloat(durationMs)}\n`] : [])).join("");
}

/** A whole number keeps its point. */
function pythonFloat(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
