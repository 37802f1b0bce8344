import type { Calls } from "../../record/calls.js";
import {
  fitUsl,
  kneeEstimate,
  type LoadPoint,
  leastLevels,
  pooledLevels,
  type Usl,
} from "../../stats/curves/usl.js";
import type { Estimate } from "../../stats/interval.js";
import { sharedBlocks } from "../../stats/ratios/matched-rounds.js";
import { type LoadFacts, roundsOf } from "../rounds/rounds.js";

/** Throughput of one way of calling against concurrency. */
export interface Scaling {
  /** The way of calling. */
  readonly arm: string;
  /** The Universal Scalability Law through it; null where `refused` says why. */
  readonly law: Usl | null;
  /** Callers at which the law says that throughput peaks. */
  readonly knee: Estimate | null;
  readonly refused: string | null;
}

/** An arm of a run at one level of concurrency. */
export interface Level {
  readonly name: string;
  /** The way of calling. */
  readonly arm: string;
  readonly concurrency: number;
}

type ScalingFacts = LoadFacts & { readonly seed: number };

/** How throughput of every way of calling grows with concurrency. */
export function scalingsOf(calls: Calls, levels: readonly Level[], info: ScalingFacts): Scaling[] {
  const ways = [...new Set(levels.map(({ arm }) => arm))];
  return ways.map((arm) =>
    scalingOf(calls, { arm, levels: levels.filter((level) => level.arm === arm), info }),
  );
}

/** How throughput of one way of calling grows with concurrency: `levels` are its arms in `calls`. */
function scalingOf(
  calls: Calls,
  { arm, levels, info }: { arm: string; levels: readonly Level[]; info: ScalingFacts },
): Scaling {
  const none = (refused: string): Scaling => ({ arm, law: null, knee: null, refused });
  if (levels.length < leastLevels) {
    return none(
      `the Universal Scalability Law needs ${leastLevels} levels of concurrency and there are ${levels.length}`,
    );
  }
  const blocks = wholeBlocks(calls, levels, info);
  if (blocks.length < 2) return none("fewer than two blocks have requests of every level that succeeded");
  const knee = kneeEstimate(blocks, { seed: info.seed });
  const law = fitUsl(pooledLevels(blocks));
  return "refused" in knee
    ? { arm, law, knee: null, refused: knee.refused }
    : { arm, law, knee, refused: null };
}

/** Blocks that have a rate of every level. */
function wholeBlocks(calls: Calls, levels: readonly Level[], info: LoadFacts): LoadPoint[][] {
  const points = levels.map(({ name, concurrency }) =>
    roundsOf(calls, name, info).map(({ pair, block, callsPerSecond }) => ({
      pair,
      block,
      point: { concurrency, rate: callsPerSecond },
    })),
  );
  return sharedBlocks(points).map(({ each }) => each.map(({ point }) => point));
}
