import { rm } from "node:fs/promises";
import { join } from "node:path";
import { differenceOf } from "wirelab/dist/analysis/difference.js";
import { measure } from "wirelab/dist/experiment/measure.js";
import { ladderArms, rungs } from "wirelab/dist/lab/ladder/rungs.js";
import type { Estimate } from "wirelab/dist/stats/interval.js";
import { createRandom } from "wirelab/dist/stats/random.js";
import { rangeOf, rangeText } from "../range.js";
import { repeat } from "../repeat.js";
import type { Bench, BenchRow } from "../row.js";

const delayUs = 50;
const leastSeen = 0.95;
const mostElsewhere = 0.04;
const seed = 6;
// Forty short blocks take as long as ten of a hundred calls, and their intervals are half as wide.
const usual = { pairs: 3, blocks: 40, warmupBlocks: 4, callsPerRound: 30 };
const tiny = { pairs: 2, blocks: 2, warmupBlocks: 2, primeCalls: 16, callsPerRound: 5 };

interface Try {
  /** By how much the step of the hidden layer's rung is longer with it, in ms. */
  readonly there: Estimate;
  /** The same of every other rung, which has no reason to change. */
  readonly elsewhere: readonly Estimate[];
}

/**
 * Whether the ladder sees a layer of 50 µs at the rung where it is hidden and at no other: every rung is measured with and
 * without it in the same blocks, on the same servers, so that what its step changes by is the hidden layer and nothing else.
 */
export async function hiddenLayerRow(bench: Bench): Promise<BenchRow> {
  const random = createRandom(seed);
  const above = rungs.filter(({ over }) => over !== null);
  const { results: tries, cut } = await repeat(bench, {
    count: bench.tries,
    phase: (done: readonly Try[]) => `try ${done.length + 1} of ${bench.tries}`,
    once: () => tryOnce(bench, above[random.below(above.length)]?.name ?? "rest"),
  });
  const seen = tries.filter(({ there }) => there.low > 0).length;
  const others = tries.flatMap(({ elsewhere }) => elsewhere);
  const changed = others.filter(({ low, high }) => low > 0 || high < 0).length;
  const measured = rangeText(rangeOf(tries.map(({ there }) => 1000 * there.value)), "µs", 1);
  return {
    what: "a layer of 50 µs hidden at a random rung of the ladder: seen there; elsewhere",
    bound: `${100 * leastSeen} % of tries; ≤ ${100 * mostElsewhere} % of steps`,
    said: `${seen} of ${tries.length} tries, measured ${measured}; ${changed} of ${others.length} other steps called different`,
    holds: cut ? null : seen >= leastSeen * tries.length && changed <= mostElsewhere * others.length,
  };
}

async function tryOnce(bench: Bench, rung: string): Promise<Try> {
  const runsFolder = join(bench.folder, "hidden-layer");
  const withLayer = (name: string) => `${name} with it`;
  const hidden = ladderArms({ rung, delayUs }).map(({ name, arm = name, ...choice }) => {
    return { ...choice, name: withLayer(name), arm };
  });
  try {
    const run = await measure({
      ...(bench.smoke ? tiny : usual),
      arms: [...ladderArms(null), ...hidden],
      runsFolder,
      signal: bench.signal,
    });
    const measured = { calls: await run.calls(), info: run.info, folder: null };
    const changes = rungs.flatMap(({ name, over }) => {
      if (over === null) return [];
      const weights = { [withLayer(name)]: 1, [withLayer(over)]: -1, [name]: -1, [over]: 1 };
      return [{ name, change: differenceOf(measured, weights) }];
    });
    const there = changes.find(({ name }) => name === rung)?.change;
    if (there === undefined) throw new Error(`${rung} is no rung above another`);
    return { there, elsewhere: changes.flatMap(({ name, change }) => (name === rung ? [] : [change])) };
  } finally {
    await rm(runsFolder, { recursive: true, force: true });
  }
}
