import type { RunInfo } from "./run-info.js";

/**
 * First warm block of every pair. A pair whose end of warm-up was never looked for, because the run ended before, counts
 * its whole room for warm-up as warm-up.
 */
export function warmFromBlocks(info: Pick<RunInfo, "pairs" | "warmupBlocks" | "warmFromBlock">): number[] {
  return Array.from({ length: info.pairs }, (_, pair) => info.warmFromBlock[pair] ?? info.warmupBlocks);
}
