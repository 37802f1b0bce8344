/** One row of the bench table; `holds` is null where the row could not be measured. */
export interface BenchRow {
  readonly what: string;
  readonly bound: string;
  /** What came out here, with its noise: an interval, or the least and the most. */
  readonly said: string;
  readonly holds: boolean | null;
}

/** What every row is given. */
export interface Bench {
  /** A few calls only: shows that a row runs, and says nothing about its bound. */
  readonly smoke: boolean;
  /** Repeats of the A/A control. */
  readonly repeats: number;
  /** Tries of each planted delay. */
  readonly tries: number;
  /** A folder of the bench's own, removed at its end. */
  readonly folder: string;
  /** Ends the row early. */
  readonly signal: AbortSignal;
  /** Tells how far the row is, in things of about equal length. */
  readonly onStep: (done: number, total: number, phase: string) => void;
}

/** Measures one row; rejects when that failed, which ends no other row. */
export type RunRow = (bench: Bench) => BenchRow | Promise<BenchRow>;
