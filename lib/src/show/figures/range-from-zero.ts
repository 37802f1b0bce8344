import type { Estimate } from "../../stats/interval.js";

/** How far beyond the largest value an interval is followed: a vast one would press everything else to the floor. */
const furthest = 1.6;

/** Range of an axis from 0 that holds all values, and their intervals as far as that leaves the values readable. */
export function rangeFromZero(estimates: readonly (Estimate | null)[], factor = 1): [number, number] {
  const known = estimates.filter((estimate) => estimate !== null);
  const most = Math.max(...known.map(({ value }) => value));
  const top = Math.min(furthest * most, Math.max(...known.map(({ high }) => high)));
  return known.length === 0 ? [0, 1] : [0, top * factor * 1.05];
}
