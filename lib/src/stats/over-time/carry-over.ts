import { createRandom } from "../random.js";

/** One round of an arm, and which arm ran just before it. */
export interface PrecededRound {
  /** The round's metric, above 0. */
  readonly value: number;
  readonly previous: string;
}

/** The arm after which rounds are slowest. */
export interface CarryOver {
  readonly previous: string;
  /** Geometric mean after that arm ÷ geometric mean after the others. */
  readonly largestRatio: number;
  /** How often a random relabelling shows as large a ratio. */
  readonly pValue: number;
}

/**
 * Does the time of an arm's rounds depend on which arm ran before? A permutation test of the largest ratio.
 * O(permutations × rounds).
 *
 * The labels are shuffled over the log values (Fisher 1935), and the observed order counts as one of the
 * permutations, so the p value is never 0 (Phipson & Smyth 2010). Every group is judged by its own ratio; the
 * largest over all groups is compared with the largest of each shuffle, which allows for looking at several.
 *
 * @param rounds of one arm
 * @returns null when fewer than two different arms came before, or one of them only once
 * @throws RangeError for a value that is not above 0
 * @example
 * carryOver([{ value: 2, previous: "a" }, { value: 2.1, previous: "a" }, { value: 1, previous: "b" },
 *   { value: 1.1, previous: "b" }], { seed: 1, permutations: 1000 }); // { previous: "a", largestRatio: 1.95, … }
 */
export function carryOver(
  rounds: readonly PrecededRound[],
  options: { readonly seed: number; readonly permutations: number },
): CarryOver | null {
  const names = [...new Set(rounds.map((round) => round.previous))].sort();
  const group = rounds.map((round) => names.indexOf(round.previous));
  const sizes = names.map((_, index) => group.filter((member) => member === index).length);
  if (names.length < 2 || sizes.some((size) => size < 2)) return null;

  const logs = rounds.map(({ value }) => {
    if (!(value > 0 && Number.isFinite(value)))
      throw new RangeError(`a round's value must be above 0, got ${value}`);
    return Math.log(value);
  });
  const observed = slowest(logs, group, sizes);
  const random = createRandom(options.seed);
  let asLarge = 1;
  for (let i = 0; i < options.permutations; i++) {
    // The tolerance lets equal orders count as equal in spite of rounding.
    if (slowest(random.shuffled(logs), group, sizes).excess >= observed.excess - 1e-12) asLarge++;
  }
  return {
    previous: names[observed.index] as string,
    largestRatio: Math.exp(observed.excess),
    pValue: asLarge / (options.permutations + 1),
  };
}

function slowest(
  logs: readonly number[],
  group: readonly number[],
  sizes: readonly number[],
): { index: number; excess: number } {
  const sums = sizes.map(() => 0);
  logs.forEach((value, i) => {
    const member = group[i] as number;
    sums[member] = (sums[member] as number) + value;
  });
  const total = sums.reduce((sum, value) => sum + value, 0);
  const excesses = sums.map((sum, index) => {
    const size = sizes[index] as number;
    return sum / size - (total - sum) / (logs.length - size);
  });
  const excess = Math.max(...excesses);
  return { index: excesses.indexOf(excess), excess };
}
