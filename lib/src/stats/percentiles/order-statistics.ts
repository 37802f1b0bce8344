/** Which percentile, of how many values, and how sure. */
export interface RankQuestion {
  readonly n: number;
  /** A share strictly between 0 and 1. */
  readonly p: number;
  /** Default 0.95. */
  readonly confidence?: number;
}

/**
 * The ranks (1 = smallest) of the two values that enclose a percentile, for *independent* values only. O(n).
 *
 * Exact binomial tails, at most half of 1 − confidence on each side (David & Nagaraja 2003, §7.1). Calls of one run
 * are correlated: use `percentileEstimate` for them.
 *
 * @returns null where n is below `smallestSample`
 * @throws RangeError on n, p or confidence out of range
 * @example
 * percentileRanks({ n: 30, p: 0.5 }); // { low: 10, high: 21 }
 */
export function percentileRanks(question: RankQuestion): { low: number; high: number } | null {
  const { n, p, confidence = 0.95 } = question;
  if (!(Number.isInteger(n) && n > 0)) throw new RangeError(`n must be a whole number above 0, got ${n}`);
  checkShares(p, confidence);
  const tail = (1 - confidence) / 2;
  const low = ranksBelow(n, p, tail);
  const above = ranksBelow(n, 1 - p, tail);
  return low === 0 || above === 0 ? null : { low, high: n + 1 - above };
}

/**
 * The fewest independent values for which a two-sided order-statistic interval of a percentile exists. O(1).
 *
 * Both extremes must be able to lie outside: p^n and (1 − p)^n at most half of 1 − confidence.
 *
 * @throws RangeError on p or confidence out of range
 * @example
 * smallestSample({ p: 0.99, confidence: 0.95 }); // 368
 */
export function smallestSample(question: { readonly p: number; readonly confidence: number }): number {
  const { p, confidence } = question;
  checkShares(p, confidence);
  return Math.ceil(Math.log((1 - confidence) / 2) / Math.log(Math.max(p, 1 - p)));
}

/** The largest r with P(Binomial(n, p) < r) ≤ tail. */
function ranksBelow(n: number, p: number, tail: number): number {
  const odds = Math.log(p / (1 - p));
  let logMass = n * Math.log1p(-p);
  let cumulative = 0;
  for (let k = 0; k < n; k++) {
    cumulative += Math.exp(logMass);
    if (cumulative > tail) return k;
    logMass += Math.log((n - k) / (k + 1)) + odds;
  }
  return n;
}

function checkShares(p: number, confidence: number): void {
  if (!(p > 0 && p < 1)) throw new RangeError(`p must be a share between 0 and 1, got ${p}`);
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`confidence must be a share between 0 and 1, got ${confidence}`);
  }
}
