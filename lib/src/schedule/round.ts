import type { RoundPart } from "../record/calls.js";

/** Where a round belongs in its run. */
export interface RoundPlace {
  readonly arm: string;
  readonly pair: number;
  readonly block: number;
}

/** How a round is run, whatever its schedule. */
export interface RoundOptions extends RoundPlace {
  /** Added to `performance.now()` gives ms from the run's start. */
  readonly clockOffsetMs: number;
  /** Takes finished calls: at the end of the round, and in a long one every `flushEveryMs`. */
  readonly onPart: (part: RoundPart) => void;
  /** Stops the round after the calls that are under way. */
  readonly signal?: AbortSignal;
}

/** How a round of so many calls is run. */
export interface ChainOptions extends RoundOptions {
  /** Calls in the round, all callers together. */
  readonly calls: number;
  /** Waited for before each call; default: nothing is. */
  readonly turn?: (() => Promise<void>) | undefined;
  /** So many failed calls in a row end the round. */
  readonly failuresInARow: number;
}

/** How a round ended. */
export type RoundEnd =
  | { readonly status: "finished" }
  | { readonly status: "interrupted" }
  /** So many calls in a row failed that going on would only wait for more failures. */
  | { readonly status: "gave-up"; readonly reason: string };

/** A kill loses at most what was measured since the last flush. */
export const flushEveryMs = 250;
