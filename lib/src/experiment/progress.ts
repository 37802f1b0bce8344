/** How far a run is; rounds are what is counted. */
export interface Progress {
  /** Rounds done. */
  readonly done: number;
  /** Rounds in all. */
  readonly total: number;
  /** What is happening, e.g. `pair 3 of 10`. */
  readonly phase: string;
  /** The arm of the round that has just ended. */
  readonly arm?: string;
  /** Its median, and the rate of its calls, however many overlap. */
  readonly p50Ms?: number;
  readonly callsPerSecond?: number;
}
