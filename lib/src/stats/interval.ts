/** An estimate and the interval it comes with: one object, so that neither is shown without the other. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Coverage that the interval aims at, e.g. 0.99. */
  readonly confidence: number;
}
