/** How far a run is; rounds are what is counted. */
export interface Progress {
  /** Rounds done. */
  readonly done: number;
  /** Rounds in all. */
  readonly total: number;
  /** What is happening, e.g. `pair 3 of 10`. */
  readonly phase: string;
  /** The arm of the round that has just ended, or of the load that goes on. */
  readonly arm?: string;
  /** Its median, and the rate of its calls, however many overlap; of a load that goes on the rate of a second ago. */
  readonly p50Ms?: number;
  readonly callsPerSecond?: number;
}
