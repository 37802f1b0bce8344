import type { RunInfo } from "../record/run-info.js";
import type { Estimate } from "../stats/interval.js";
import {
  estimateOfPool,
  type PoolableCalls,
  type Refusal,
} from "../stats/percentiles/percentile-interval.js";
import { resamplingOf } from "./compare.js";

interface RefusableOptions {
  /** Under which a refusal is kept. */
  readonly name: string;
  readonly p: number;
  readonly info: Pick<RunInfo, "host" | "seed">;
  /** Takes the reason when there is no estimate. */
  readonly refused: Record<string, Refusal>;
}

/** A percentile of calls with its interval; null where there are too few. */
export function percentileOrRefusal(
  durations: PoolableCalls,
  { name, p, info, refused }: RefusableOptions,
): Estimate | null {
  const estimate = estimateOfPool(durations, { p, ...resamplingOf(info, durations.pairs) });
  if (!("refused" in estimate)) return estimate;
  refused[name] = estimate;
  return null;
}
