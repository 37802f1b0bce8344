import { rm } from "node:fs/promises";
import { join } from "node:path";
import { compare } from "wirelab/dist/analysis/compare.js";
import { type ControlOptions, measureNoise } from "wirelab/dist/experiment/controls.js";
import type { Estimate } from "wirelab/dist/stats/interval.js";
import { rangeOf, rangeText } from "../range.js";
import { repeat } from "../repeat.js";
import type { Bench, BenchRow } from "../row.js";

const mostShare = 0.04;
const smallestEffect = 0.05;
const tiny: ControlOptions = { pairs: 2, blocks: 2, warmupBlocks: 1, callsPerRound: 20 };

interface Repeat {
  readonly median: Estimate;
  readonly total: Estimate;
  readonly seconds: number;
}

/**
 * The A/A control as often as `bench.repeats` says, at the setting that a notebook's `measure` has when it names none:
 * servers and clients are fresh in every pair, and what is called different is a false alarm.
 */
export async function noiseRow(bench: Bench): Promise<BenchRow> {
  const { results: repeats, cut } = await repeat(bench, {
    count: bench.repeats,
    phase: (done: readonly Repeat[]) => `repeat ${done.length + 1} of ${bench.repeats}, ${alarmsText(done)}`,
    once: () => measureRepeat(bench),
  });
  const { median, total } = alarms(repeats);
  return {
    what: `A/A over fresh pairs at the setting of \`npm start\`: called different, of ${repeats.length} repeats at 99 %`,
    bound: `≤ ${100 * mostShare} %`,
    said: [
      alarmsText(repeats),
      `interval ${rangeText(rangeOf(repeats.map((repeat) => widthPercent(repeat.median))), "%", 1)} wide`,
      `beyond ± ${100 * smallestEffect} % as a verdict needs: ${repeats.filter((repeat) => isVerdict(repeat.median)).length}`,
      `${rangeText(rangeOf(repeats.map(({ seconds }) => seconds)), "s", 0)} a repeat`,
    ].join("; "),
    holds: cut ? null : Math.max(median, total) <= mostShare * repeats.length,
  };
}

async function measureRepeat({ smoke, folder, signal }: Bench): Promise<Repeat> {
  const runsFolder = join(folder, "noise");
  const startedAt = performance.now();
  try {
    const run = await measureNoise({ ...(smoke && tiny), runsFolder, signal });
    const arms = { first: "A", second: "B" } as const;
    const median = await compare(run, { ...arms, metric: "median" });
    const total = await compare(run, { ...arms, metric: "total" });
    const seconds = (performance.now() - startedAt) / 1000;
    return { median: median.ratio, total: total.ratio, seconds };
  } finally {
    await rm(runsFolder, { recursive: true, force: true });
  }
}

/** How often each metric's interval left out 1, which is the truth. */
function alarms(repeats: readonly Repeat[]): { median: number; total: number } {
  const wrong = ({ low, high }: Estimate) => low > 1 || high < 1;
  return {
    median: repeats.filter((repeat) => wrong(repeat.median)).length,
    total: repeats.filter((repeat) => wrong(repeat.total)).length,
  };
}

function alarmsText(repeats: readonly Repeat[]): string {
  const { median, total } = alarms(repeats);
  return `${median} by the median, ${total} by the total`;
}

function isVerdict({ low, high }: Estimate): boolean {
  return low > 1 + smallestEffect || high < 1 / (1 + smallestEffect);
}

function widthPercent({ low, high }: Estimate): number {
  return 100 * (high / low - 1);
}
