import type { RunInfo } from "../record/run-info.js";
import type { Estimate } from "../stats/interval.js";
import { percentileEstimate, type Refusal } from "../stats/percentile-interval.js";
import { pairsAre, scopeOf } from "./compare.js";

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
  pairs: readonly (readonly Float64Array[])[],
  { name, p, info, refused }: RefusableOptions,
): Estimate | null {
  const estimate = percentileEstimate(pairs, {
    p,
    seed: info.seed,
    pairs: pairsAre(scopeOf(info, pairs.length)),
  });
  if (!("refused" in estimate)) return estimate;
  refused[name] = estimate;
  return null;
}
