/** Where a round stands in its run. */
export interface Place {
  readonly pair: number;
  readonly block: number;
}

/** The rounds of two arms from the blocks that have both, in the order of the first. */
export function matchBlocks<T extends Place>(first: readonly T[], second: readonly T[]): [T, T][] {
  const place = ({ pair, block }: Place) => `${pair}/${block}`;
  const seconds = new Map(second.map((round) => [place(round), round]));
  return first.flatMap((round) => {
    const match = seconds.get(place(round));
    return match === undefined ? [] : [[round, match] as [T, T]];
  });
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
