/** Wider than this factor, as two or three pairs can leave a ratio, an interval's digits say nothing. */
export const vastFactor = 1000;

/** Whether an interval of positive numbers is so wide that its digits say nothing. */
export function isVast({ low, high }: { readonly low: number; readonly high: number }): boolean {
  return high / low > vastFactor;
}

/** An estimate and the interval it comes with: one object, so that neither is shown without the other. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Coverage that the interval aims at, e.g. 0.99. */
  readonly confidence: number;
}

/** The same estimate of what cannot be below 0, though so few values cannot always say so. */
export function fromZero(estimate: Estimate): Estimate {
  return { ...estimate, low: Math.max(0, estimate.low) };
}
