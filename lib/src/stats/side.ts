/** The relative difference that is too small to count, declared before anything is measured. */
export const usualSmallestEffect = 0.05;

/** Where an interval of ratios lies to the band around 1 that would not count: beyond it, inside it, or across an edge. */
export type Side = "above" | "below" | "inside" | "across";

/**
 * On which side of 1 an interval lies, with e the smallest effect that counts: the band is [1/(1+e), 1+e].
 *
 * @example
 * sideOf({ low: 1.2, high: 1.4 }); // "above"
 */
export function sideOf(
  { low, high }: { readonly low: number; readonly high: number },
  smallestEffect = usualSmallestEffect,
): Side {
  const top = 1 + smallestEffect;
  const bottom = 1 / top;
  if (low >= bottom && high <= top) return "inside";
  if (low <= top && high >= bottom) return "across";
  return low > top ? "above" : "below";
}
