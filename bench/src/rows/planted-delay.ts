import { rm } from "node:fs/promises";
import { join } from "node:path";
import { compare } from "wirelab/dist/analysis/compare.js";
import { roundsOf } from "wirelab/dist/analysis/rounds/rounds.js";
import { measurePlantedDelay, type PlantedDelayOptions } from "wirelab/dist/experiment/controls.js";
import type { Run } from "wirelab/dist/record/run.js";
import { rangeOf, rangeText } from "../range.js";
import { repeat } from "../repeat.js";
import type { Bench, BenchRow } from "../row.js";

const leastShare = 0.95;
// Shorter rounds lie closer together and share more of what slows both; below ten, what a round takes besides its calls outweighs that.
const withinOne = { pairs: 1, ownServer: false, warmupBlocks: 10, callsPerRound: 10 };
const tiny = { pairs: 2, blocks: 2, warmupBlocks: 1, callsPerRound: 20 };

/** One planted delay: how long, in how much time, and measured how. */
interface Trial {
  readonly what: string;
  /** Delay ÷ the median of a call without it. */
  readonly share: number;
  /** A try that takes longer, from starting processes to the interval, does not count as seen. */
  readonly limitSeconds: number;
  options(calibration: Calibration): DelayedWhere;
  /** The same steps with fewer pairs or blocks: what a call and a block take is read off them. */
  readonly calibratedBy: DelayedWhere;
}

type DelayedWhere = Omit<PlantedDelayOptions, "delayUs">;

/** What one run without a delay says of the next ones. */
interface Calibration {
  readonly medianMs: number;
  readonly secondsPerBlock: number;
  /** What a run takes besides its blocks. */
  readonly otherSeconds: number;
}

interface Try {
  /** Whether the interval of the ratio lies above 1. */
  readonly different: boolean;
  /** Whether it did so within the time limit. */
  readonly seen: boolean;
  readonly ratio: number;
  readonly seconds: number;
}

/** 1 % planted in one server process: whether ten seconds are enough to see it. */
export function delayWithinRow(bench: Bench): Promise<BenchRow> {
  const limitSeconds = 10;
  return delayRow(bench, {
    what: "planted delay of 1 % within one pair in 10 s: seen",
    share: 0.01,
    limitSeconds,
    calibratedBy: { ...withinOne, blocks: 300 },
    options: ({ secondsPerBlock, otherSeconds }) => {
      // A tenth is kept for runs that take longer than the first one did.
      const blocks = Math.floor((0.9 * limitSeconds - otherSeconds) / secondsPerBlock);
      return { ...withinOne, blocks: Math.max(2, blocks - withinOne.warmupBlocks) };
    },
  });
}

/** 5 % planted in one of two fresh servers in every pair, at the setting that a notebook's `measure` has by default. */
export function delayFreshRow(bench: Bench): Promise<BenchRow> {
  return delayRow(bench, {
    what: "planted delay of 5 % over fresh pairs in 60 s, at the setting of `npm start`: seen",
    share: 0.05,
    limitSeconds: 60,
    calibratedBy: { pairs: 3 },
    options: () => ({}),
  });
}

async function delayRow(bench: Bench, trial: Trial): Promise<BenchRow> {
  const calibration = await calibrate(bench, trial.calibratedBy);
  const options = { ...trial.options(calibration), ...(bench.smoke && tiny) };
  const delayUs = 1000 * trial.share * calibration.medianMs;
  const seenOf = (done: readonly Try[]) => done.filter((one) => one.seen).length;
  const { results: tries, cut } = await repeat(bench, {
    count: bench.tries,
    phase: (done: readonly Try[]) => `try ${done.length + 1} of ${bench.tries}, ${seenOf(done)} seen`,
    once: () => tryOnce(bench, { ...options, delayUs }, trial.limitSeconds),
  });
  const seen = seenOf(tries);
  const different = tries.filter((one) => one.different).length;
  const ratio = rangeText(rangeOf(tries.map((one) => one.ratio)), "", 4);
  const seconds = rangeText(rangeOf(tries.map((one) => one.seconds)), "s", 1);
  return {
    what: trial.what,
    bound: `${100 * leastShare} % of tries`,
    said: `${seen} of ${tries.length} in time, ${different} at all; planted ${delayUs.toFixed(2)} µs, which is ${1 + trial.share}, measured ${ratio}; ${seconds} a try`,
    holds: cut ? null : seen >= leastShare * tries.length,
  };
}

/** A run with a delay that is too short to matter: the same steps as in the tries, so they take as long. */
async function calibrate(bench: Bench, where: DelayedWhere): Promise<Calibration> {
  return inFolder(bench, async (runsFolder) => {
    const startedAt = performance.now();
    const options = { ...where, ...(bench.smoke && tiny), delayUs: 0.001, runsFolder, signal: bench.signal };
    const run = await measurePlantedDelay(options);
    const seconds = (performance.now() - startedAt) / 1000;
    const { info } = run;
    // Blocks are quicker once the processes are warm, as nearly all of a try's are.
    const warmBlocks = Math.ceil(info.blocks / 2);
    const fromBlock = info.warmupBlocks + info.blocks - warmBlocks;
    const secondsPerBlock = (await spanSeconds(run, fromBlock)) / warmBlocks;
    const warm = roundsOf(await run.calls(), "A", info).filter(({ block }) => block >= fromBlock);
    return {
      medianMs: rangeOf(warm.flatMap(({ durationsMs }) => [...durationsMs])).median,
      secondsPerBlock,
      otherSeconds: seconds - secondsPerBlock * (info.blocks + info.warmupBlocks),
    };
  });
}

/** In the first pair from the start of its first call from a block on to the start of the last. */
async function spanSeconds(run: Run, fromBlock: number): Promise<number> {
  const { startMs, pair, block } = await run.calls();
  const isWarm = (call: number) => pair[call] === 0 && (block[call] as number) >= fromBlock;
  const { least, most } = rangeOf(startMs.filter((_, call) => isWarm(call)));
  return (most - least) / 1000;
}

function tryOnce(bench: Bench, options: PlantedDelayOptions, limitSeconds: number): Promise<Try> {
  return inFolder(bench, async (runsFolder) => {
    const startedAt = performance.now();
    const run = await measurePlantedDelay({ ...options, runsFolder, signal: bench.signal });
    const { ratio } = await compare(run, { first: "B", second: "A", metric: "median" });
    const seconds = (performance.now() - startedAt) / 1000;
    const different = ratio.low > 1;
    return { different, seen: different && seconds <= limitSeconds, ratio: ratio.value, seconds };
  });
}

async function inFolder<T>({ folder }: Bench, work: (runsFolder: string) => Promise<T>): Promise<T> {
  const runsFolder = join(folder, "planted-delay");
  try {
    return await work(runsFolder);
  } finally {
    await rm(runsFolder, { recursive: true, force: true });
  }
}
