import type { Line } from "../table.js";

/** Statistics that say which share of the calls took no longer, in order. */
export const quantiles = [
  ["min", 0],
  ["median", 0.5],
  ["p90", 0.9],
  ["p95", 0.95],
  ["p99", 0.99],
  ["max", 1],
] as const;

/** Between what a mean lies; `highS` is null where nothing bounds it. */
export interface MeanBounds {
  readonly lowS: number;
  readonly highS: number | null;
}

/**
 * What percentiles say of the mean that was not printed, or was: of the calls between two of them each took at least the
 * lower and at most the upper one. Their rounding and, where the count is known, the methods by which percentiles of few calls
 * differ are allowed for. Null without a percentile.
 */
export function meanBounds(line: Line): MeanBounds | null {
  const known = quantiles.flatMap(([metric, share]) => {
    const value = line.value(metric);
    return value === undefined ? [] : [{ share, value, slack: line.slack(metric) }];
  });
  if (!known.some(({ share }) => share > 0 && share < 1)) return null;
  const points = known[0]?.share === 0 ? known : [{ share: 0, value: 0, slack: 0 }, ...known];
  let [lowS, highS] = [0, 0];
  for (const [index, { share, value, slack }] of points.entries()) {
    const next = points[index + 1];
    lowS += ((next?.share ?? 1) - share) * Math.max(0, value - slack);
    if (next !== undefined) highS += (next.share - share) * (next.value + next.slack);
  }
  const last = points.at(-1);
  const widthS = (last?.value ?? 0) - (points[0]?.value ?? 0);
  const count = line.value("count");
  const methodS = count ? ((points.length - 1) * widthS) / count : 0;
  return { lowS: lowS - methodS, highS: last?.share === 1 ? highS + methodS : null };
}

/** The mean where it is printed, else what the percentiles say of it. */
export function meanWithin(line: Line): MeanBounds | null {
  const [meanS, slack] = [line.value("mean"), line.slack("mean")];
  return meanS === undefined ? meanBounds(line) : { lowS: meanS - slack, highS: meanS + slack };
}
