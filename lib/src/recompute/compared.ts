import type { RoundNumbers } from "../stats/round-metric.js";

/** A round of one arm, those of warm-up too. */
export interface ComparedRound extends RoundNumbers {
  readonly block: number;
  /** Whether the run counts it as warm. */
  readonly warm: boolean;
  /** For each of `durationsMs`: 1, or the size of the batch that it stands for. */
  readonly callsOfRow: Uint32Array;
}

/** Everything that a comparison of two arms of a run can be computed from, by any metric that calls have. */
export interface ComparedRounds {
  readonly first: readonly ComparedRound[];
  readonly second: readonly ComparedRound[];
  readonly seed: number;
  /** Whether every pair had processes of its own. */
  readonly fresh: boolean;
  /** Whether one process was client and server, which decides nothing. */
  readonly oneProcess: boolean;
}

/** The same as text that a page can hold. */
export interface PackedRounds {
  readonly first: readonly PackedRound[];
  readonly second: readonly PackedRound[];
  readonly seed: number;
  readonly fresh: boolean;
  readonly oneProcess: boolean;
  /** The columns of all rows, the first arm's before the second's: deflated (RFC 1951), base64. */
  readonly columns: string;
}

/** What of a round is not in its rows. */
export interface PackedRound {
  readonly pair: number;
  readonly block: number;
  readonly warm: boolean;
  readonly rows: number;
  readonly elapsedMs: number;
  /** Null for NaN, which JSON has not. */
  readonly callsPerSecond: number | null;
  readonly noRate: string | null;
}

/** Durations are float64, calls of a row uint32. */
export const bytesOfRow = 8 + 4;
