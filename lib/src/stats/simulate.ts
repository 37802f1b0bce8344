import type { Random } from "./random.js";
import type { BlockValues } from "./ratios/ratio.js";

/** A lab whose true ratio is known, to see how often an interval contains it. */
export interface SimulatedLab {
  readonly pairs: number;
  /** Per pair. */
  readonly blocks: number;
  /** Standard deviation of the log ratio between pairs; 0.02 is what identical Express processes show. */
  readonly pairSpread: number;
  /** Standard deviation of a block's log ratio within its pair. */
  readonly blockSpread: number;
  /** Correlation of neighbouring blocks, AR(1), in [0, 1). */
  readonly correlation: number;
  /** True first ÷ second. Default 1. */
  readonly ratio?: number;
  /** What pairs differ by: the normal distribution, or the heavy-tailed t with 3 degrees of freedom. Default normal. */
  readonly pairTails?: "normal" | "heavy";
}

/**
 * Blocks of two arms as a noisy machine would give them: pairs that differ, and within each pair heavy-tailed noise
 * (t with 3 degrees of freedom) that neighbouring blocks share. O(pairs × blocks).
 *
 * @example
 * simulatePairs({ pairs: 10, blocks: 10, pairSpread: 0.02, blockSpread: 0.03, correlation: 0.5 }, createRandom(1));
 */
export function simulatePairs(lab: SimulatedLab, random: Random): BlockValues[][] {
  const shift = lab.pairTails === "heavy" ? heavyTailed : normal;
  const truth = Math.log(lab.ratio ?? 1);
  const innovation = lab.blockSpread * Math.sqrt(1 - lab.correlation ** 2);
  return Array.from({ length: lab.pairs }, () => {
    const pair = truth + lab.pairSpread * shift(random);
    let noise = lab.blockSpread * heavyTailed(random);
    return Array.from({ length: lab.blocks }, () => {
      noise = lab.correlation * noise + innovation * heavyTailed(random);
      return { first: Math.exp(pair + noise), second: 1 };
    });
  });
}

/** One draw of the standard normal distribution (Box & Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** One draw of Student's t with 3 degrees of freedom, scaled to variance 1. */
export function heavyTailed(random: Random): number {
  const squares = normal(random) ** 2 + normal(random) ** 2 + normal(random) ** 2;
  return normal(random) / Math.sqrt(squares);
}
