import type { Bench } from "./row.js";

/** What came of doing the same thing again and again. */
export interface Repeated<T> {
  readonly results: readonly T[];
  /** Whether an interrupt came first: too few then say nothing of a bound, but what they said is kept. */
  readonly cut: boolean;
}

/** Does `once` so often as `count` says; an interrupt keeps what is done, unless that is nothing. */
export async function repeat<T>(
  { onStep, signal }: Pick<Bench, "onStep" | "signal">,
  {
    count,
    phase,
    once,
  }: {
    readonly count: number;
    readonly phase: (done: readonly T[]) => string;
    readonly once: () => Promise<T>;
  },
): Promise<Repeated<T>> {
  const results: T[] = [];
  try {
    while (results.length < count) {
      onStep(results.length, count, phase(results));
      results.push(await once());
    }
  } catch (error) {
    if (!signal.aborted || results.length === 0) throw error;
  }
  return { results, cut: results.length < count };
}
