import type { RoundNumbers } from "../stats/ratios/round-metric.js";

/** A round of one arm, those of warm-up too. */
export interface ComparedRound extends RoundNumbers {
  readonly block: number;
  /** Whether the run counts it as warm. */
  readonly warm: boolean;
  /** For each of `durationsMs`: 1, or the size of the batch that it stands for. */
  readonly callsOfRow: Uint32Array;
  /** For each of `durationsMs`: the second of a load in which it ended, from 0; 0 of calls one after another. */
  readonly secondOfRow: Uint16Array;
}

/** What of a run its comparison rests on besides rounds. */
interface ComparisonFacts {
  readonly seed: number;
  /** Whether every pair had processes of its own. */
  readonly fresh: boolean;
  /** Whether one process was client and server, which decides nothing. */
  readonly oneProcess: boolean;
}

/** Everything that a comparison of two arms of a run can be computed from, by any metric that calls have. */
export interface ComparedRounds extends ComparisonFacts {
  readonly first: readonly ComparedRound[];
  readonly second: readonly ComparedRound[];
}

/** The same as text that a page can hold. */
export interface PackedRounds extends ComparisonFacts {
  readonly first: readonly PackedRound[];
  readonly second: readonly PackedRound[];
  /** The columns of all rows, the first arm's before the second's: deflated (RFC 1951), base64. */
  readonly columns: string;
}

/** What of a round is not in its rows. */
export interface PackedRound extends Pick<ComparedRound, "pair" | "block" | "warm" | "elapsedMs" | "noRate"> {
  readonly rows: number;
  /** Null for NaN, which JSON has not. */
  readonly callsPerSecond: number | null;
}

/** Durations are float64, calls of a row uint32, its second uint16. */
export const bytesOfRow = 8 + 4 + 2;
