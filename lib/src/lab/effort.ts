/** How much is measured of what is quick; what is slow has fewer calls a round. */
export interface Effort {
  readonly pairs: number;
  readonly blocks: number;
  readonly callsPerRound: number;
  /** What a round may about take; a round has a call of each caller at least. */
  readonly roundMs: number;
}

/** So many calls of each arm in a run, spread over its blocks. */
export function effortOf({
  calls,
  ...rest
}: Omit<Effort, "callsPerRound"> & { readonly calls: number }): Effort {
  return { ...rest, callsPerRound: Math.ceil(calls / (rest.pairs * rest.blocks)) };
}

/** What a call about takes of a run's slowest arm, in ms: enough to choose how many there are, never said to anybody. */
export interface Expected {
  readonly aloneMs: number;
  /** Of the round's time, which its callers share. */
  readonly aCallMs: number;
  /** The same while the arm is primed. */
  readonly primedMs: number;
}

/** What priming an arm may about take. */
const primeMs = 700;

/** How many of what a run has, for so many callers at most. */
export function paced(effort: Effort, expected: Expected & { readonly callers: number }) {
  const { aloneMs, aCallMs, primedMs, callers } = expected;
  const perRound = Math.min(effort.callsPerRound, effort.roundMs / aCallMs);
  return {
    pairs: effort.pairs,
    blocks: effort.blocks,
    warmupBlocks: 3,
    callsPerRound: Math.max(callers, Math.floor(perRound)),
    primeCalls: primeCalls(effort, primedMs),
    timeoutMs: Math.round(Math.max(5000, 20 * aloneMs * callers)),
  };
}

/** As many as a run has of itself, or as there is time for; never more than ten times what is then measured. */
function primeCalls({ blocks, callsPerRound }: Effort, callMs: number): number {
  return Math.round(Math.min(600, 10 * blocks * callsPerRound, Math.max(16, primeMs / callMs)));
}
