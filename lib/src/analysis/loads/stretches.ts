import { byPair } from "../../stats/ratios/matched-rounds.js";
import type { MeasuredRound } from "../rounds/rounds.js";

/** Into so many stretches the time that a load ran is cut at least, as a single pair of other rounds is. */
const fewest = 20;
const longestMs = 1000;

/**
 * What is resampled for an interval: whole rounds, or of a load its stretches, seconds or a twentieth of the time that it ran
 * where that is shorter.
 *
 * Calls of a load depend on each other by time: when the server or the machine stalls, whoever calls in that second is
 * slow, so neither calls nor users may be drawn by themselves. A run has few rounds of a load, often one a pair, which
 * would leave nothing to resample; a second holds most of such a stall. Where the pairs are fixed, the bootstrap keeps
 * neighbouring seconds together besides (Politis & Romano 1992); where they are drawn it does not, and what neighbours
 * share is in the spread between pairs, which the interval is then moved out to. A ramp makes intervals wider: its
 * seconds differ.
 */
export function stretchesByPair(
  rounds: readonly MeasuredRound[],
  valuesOf: (round: MeasuredRound) => Float64Array,
): Float64Array[][] {
  return byPair(rounds).map((pair) => pair.flatMap((round) => stretchesOf(round, valuesOf(round))));
}

/** Calls and the seconds in which they ended, for the rate of a round that has one: of a load stretch by stretch, those without calls included. */
export function countsOf(round: MeasuredRound): { above: number; below: number }[] {
  const { load, counted, seconds } = round;
  if (load === null) return [{ above: counted, below: seconds }];
  const ranMs = 1000 * seconds;
  const lengthMs = stretchMs(ranMs);
  const counts = Array.from({ length: Math.ceil(ranMs / lengthMs) }, (_, stretch) => ({
    above: 0,
    below: (Math.min(ranMs, (stretch + 1) * lengthMs) - stretch * lengthMs) / 1000,
  }));
  for (const endMs of load.endsMs) {
    if (endMs > ranMs) continue;
    const stretch = Math.min(counts.length - 1, Math.floor(endMs / lengthMs));
    (counts[stretch] as { above: number }).above++;
  }
  return counts;
}

function stretchesOf({ load }: MeasuredRound, values: Float64Array): Float64Array[] {
  if (load === null) return [values];
  const lengthMs = stretchMs(load.lastedMs ?? load.endsMs.reduce((last, endMs) => Math.max(last, endMs), 0));
  const stretches = new Map<number, number[]>();
  values.forEach((value, i) => {
    const stretch = Math.floor((load.endsMs[i] as number) / lengthMs);
    const known = stretches.get(stretch);
    if (known === undefined) stretches.set(stretch, [value]);
    else known.push(value);
  });
  return [...stretches].sort(([a], [b]) => a - b).map(([, own]) => Float64Array.from(own));
}

/** How long a stretch of a load is that ran so long. */
export function stretchMs(ranMs: number): number {
  return Math.min(longestMs, ranMs / fewest);
}
