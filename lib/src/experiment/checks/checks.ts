import { median } from "simple-statistics";
import type { LinkInfo, Warning } from "../../record/run-info.js";
import { carryOver } from "../../stats/over-time/carry-over.js";
import { detectWarmup } from "../../stats/over-time/warmup.js";
import type { Plan } from "../plan/plan.js";
import { primeBlock } from "../plan/priming.js";
import type { RoundSummary } from "../rounds.js";

/** Where one pair became warm, and which of its arms had not by the end of the room for warm-up. */
export interface WarmPair {
  readonly fromBlock: number;
  readonly stillWarming: readonly string[];
}

/** Finds the first block of a pair in which every arm is warm; never later than the plan's `warmupBlocks`. */
export function findWarm(plan: Plan, rounds: readonly RoundSummary[]): WarmPair {
  // The blocks before those of a load are other calls than its own, however warm.
  if (plan.load !== null) return { fromBlock: plan.warmupBlocks, stillWarming: [] };
  // The first block connects, and a primed one is another load: neither can be warm, however alike the rounds look.
  const firstSettled = Math.min(plan.primeCalls > 0 ? primeBlock + 1 : 1, plan.warmupBlocks);
  let fromBlock = firstSettled;
  const stillWarming: string[] = [];
  const longest = Math.max(0, plan.warmupBlocks - firstSettled);
  for (const { name } of plan.arms) {
    const series = rounds.filter(
      ({ arm, block, medianMs }) => arm === name && block >= firstSettled && medianMs !== null,
    );
    const { from, steady } = detectWarmup(
      series.map((round) => round.medianMs as number),
      { longest },
    );
    fromBlock = Math.max(fromBlock, firstSettled + Math.min(from, longest));
    if (!steady) stillWarming.push(name);
  }
  return { fromBlock, stillWarming };
}

/** What the rounds of a whole run say against believing it. */
export function checkRounds(
  plan: Plan,
  rounds: readonly RoundSummary[],
  warm: readonly WarmPair[],
): Warning[] {
  return [...stillWarming(plan, warm), ...failedCalls(rounds), ...carriedOver(plan, rounds, warm)];
}

/** A link this far from what was asked is another experiment. */
const linkTolerance = { share: 0.03, ms: 0.15 };

/** What the round trips measured on a link say against believing that it was the one asked for. */
export function checkLink(link: LinkInfo | null): Warning[] {
  if (link === null || link.pingMs.length === 0) return [];
  const asked = link.roundTripMs;
  const pingMs = median([...link.pingMs]);
  if (Math.abs(pingMs - asked) <= Math.max(linkTolerance.ms, linkTolerance.share * asked)) return [];
  return [
    {
      code: "link-off",
      message: `The link was to have a round trip of ${asked} ms and had ${pingMs.toFixed(3)} ms in the middle.`,
      advice:
        "Measure again on a quieter machine: a link in user space needs a processor that answers at once.",
    },
  ];
}

function stillWarming(plan: Plan, warm: readonly WarmPair[]): Warning[] {
  return plan.arms.flatMap(({ name }) => {
    const pairs = warm.filter((pair) => pair.stillWarming.includes(name)).length;
    if (pairs * 2 <= warm.length) return [];
    return [
      {
        code: "still-warming-up" as const,
        message: `${name} was still getting faster or slower when measuring began, in ${pairs} of ${warm.length} pairs.`,
        advice: `Give it more room: warmupBlocks above ${plan.warmupBlocks}.`,
      },
    ];
  });
}

function failedCalls(rounds: readonly RoundSummary[]): Warning[] {
  const failed = rounds.reduce((sum, round) => sum + round.failed, 0);
  if (failed === 0) return [];
  const calls = rounds.reduce((sum, round) => sum + round.calls, 0);
  return [
    {
      code: "errors",
      message: `${failed} of ${calls} calls failed; they are in the record and in no duration.`,
      advice: "Look at the error column before comparing durations.",
    },
  ];
}

/** Below this the effect of the arm before is smaller than anything the lab calls a difference. */
const smallestCarryOver = 1.02;

function carriedOver(plan: Plan, rounds: readonly RoundSummary[], warm: readonly WarmPair[]): Warning[] {
  if (plan.arms.length < 3) return [];
  return plan.arms.flatMap(({ name }) => {
    const own = rounds.flatMap(({ arm, pair, block, previous, medianMs }) =>
      arm === name && previous !== null && medianMs !== null && block >= (warm[pair]?.fromBlock ?? 0)
        ? [{ value: medianMs, previous }]
        : [],
    );
    const found = carryOver(own, { seed: plan.seed, permutations: 2000 });
    if (found === null || found.pValue >= 0.01 || found.largestRatio < smallestCarryOver) return [];
    return [
      {
        code: "carry-over" as const,
        message: `${name} is ${found.largestRatio.toFixed(2)} times as slow right after ${found.previous} as after the others.`,
        advice:
          "The order of arms is random in every block, so ratios hold; longer rounds make the effect smaller.",
      },
    ];
  });
}
