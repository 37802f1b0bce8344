/** How often one sample exceeds another, in a number and in a word. */
export interface Effect {
  /** P(first > second) − P(first < second), from −1 to 1. */
  readonly delta: number;
  readonly label: "negligible" | "small" | "medium" | "large";
}

/**
 * Cliff's δ of two samples (Cliff 1993), labelled at .147, .33 and .474 (Romano et al. 2006). O(n log n).
 *
 * @param first any order, not empty
 * @param second any order, not empty
 * @throws RangeError for an empty sample
 * @example
 * cliffsDelta([3, 4, 5], [1, 2, 3]); // { delta: 0.889, label: "large" }
 */
export function cliffsDelta(first: ArrayLike<number>, second: ArrayLike<number>): Effect {
  if (first.length === 0 || second.length === 0) throw new RangeError("Cliff's δ of an empty sample");
  const sorted = Float64Array.from(second).sort();
  let below = 0;
  let notAbove = 0;
  let surplus = 0;
  for (const value of Float64Array.from(first).sort()) {
    while (below < sorted.length && (sorted[below] as number) < value) below++;
    while (notAbove < sorted.length && (sorted[notAbove] as number) <= value) notAbove++;
    surplus += below - (sorted.length - notAbove);
  }
  const delta = surplus / first.length / second.length;
  return { delta, label: label(Math.abs(delta)) };
}

function label(size: number): Effect["label"] {
  if (size < 0.147) return "negligible";
  if (size < 0.33) return "small";
  return size < 0.474 ? "medium" : "large";
}
