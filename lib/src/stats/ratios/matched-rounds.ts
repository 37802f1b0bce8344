/** Where a round stands in its run. */
export interface Place {
  readonly pair: number;
  readonly block: number;
}

/** A place as the key of a map. */
export function placeOf({ pair, block }: Place): string {
  return `${pair}/${block}`;
}

/** A block, and what each of several lists has of it, in the order of the lists. */
export interface SharedBlock<T> extends Place {
  readonly each: readonly T[];
}

/** The blocks that all lists have, in the order of the first. O(rounds). */
export function sharedBlocks<T extends Place>(lists: readonly (readonly T[])[]): SharedBlock<T>[] {
  const [first = [], ...others] = lists;
  const known = others.map((rounds) => new Map(rounds.map((round) => [placeOf(round), round])));
  return first.flatMap((round) => {
    const place = placeOf(round);
    const matches = known.flatMap((rounds) => rounds.get(place) ?? []);
    const { pair, block } = round;
    return matches.length < known.length ? [] : [{ pair, block, each: [round, ...matches] }];
  });
}

/** The rounds of two arms from the blocks that have both, in the order of the first. */
export function matchBlocks<T extends Place>(first: readonly T[], second: readonly T[]): [T, T][] {
  return sharedBlocks([first, second]).map(({ each }) => each as [T, T]);
}

/** The rounds pair by pair, as the statistics take them. */
export function byPair<T extends Pick<Place, "pair">>(rounds: readonly T[]): T[][] {
  const pairs = new Map<number, T[]>();
  for (const round of rounds) {
    const pair = pairs.get(round.pair);
    if (pair === undefined) pairs.set(round.pair, [round]);
    else pair.push(round);
  }
  return [...pairs.values()];
}
