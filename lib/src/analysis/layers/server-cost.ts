import { median } from "simple-statistics";
import type { ArmInfo, RoundUsage, RunInfo } from "../../record/run-info.js";
import type { Missing } from "../../stats/missing.js";
import { byPair, placeOf } from "../../stats/ratios/matched-rounds.js";
import type { PairValue } from "../../stats/ratios/round-metric.js";
import type { MeasuredRound } from "../rounds/rounds.js";
import type { ServerCost, ServerMemory } from "../types.js";

/** What of a run tells what its servers used. */
export interface CostFacts extends Pick<RunInfo, "host" | "usage" | "usageMissing"> {
  readonly arms: readonly Pick<ArmInfo, "name" | "protocol" | "server">[];
}

/** What the server of an arm used in the arm's warm rounds. */
export function serverCost(info: CostFacts, arm: string, rounds: readonly MeasuredRound[]): ServerCost {
  const used = cpuUsageOf(info, arm, rounds);
  const held = memoryUsageOf(info, arm, rounds);
  return {
    cpuMsPerCall: "missing" in used ? null : sum(used, "cpuMs") / sum(used, "calls"),
    memory: "missing" in held ? null : memoryOf(held),
    missing: {
      cpu: "missing" in used ? used.missing : null,
      memory: "missing" in held ? held.missing : null,
    },
  };
}

/** Processor time of an arm's server in each of those rounds, in ms a call. */
export function cpuOfRounds(
  info: CostFacts,
  arm: string,
  rounds: readonly MeasuredRound[],
): readonly PairValue[] | Missing {
  const used = cpuUsageOf(info, arm, rounds);
  if ("missing" in used) return used;
  const read = used.filter(({ cpuMs }) => cpuMs > 0);
  // To leave out the rounds that used too little to be seen would leave out the cheap ones.
  if (read.length < rounds.length) {
    const unread = rounds.length - read.length;
    return {
      missing: `nothing was read in ${unread} of its ${rounds.length} rounds, which have to be longer`,
    };
  }
  return read.map(({ pair, cpuMs, calls }) => ({ pair, value: cpuMs / calls }));
}

/** What an arm's server held at most by the end of each pair that has those rounds, in bytes. */
export function peaksOfPairs(
  info: CostFacts,
  arm: string,
  rounds: readonly MeasuredRound[],
): readonly PairValue[] | Missing {
  const held = memoryUsageOf(info, arm, rounds);
  if ("missing" in held) return held;
  const peaks = byPair(held).map((pair) => ({ pair: (pair[0] as HeldUsage).pair, value: peakOf(pair) }));
  if (peaks.length < byPair(rounds).length) return { missing: "some pairs have none" };
  return peaks.length > 1 ? peaks : { missing: "one pair has one peak, and an interval takes two pairs" };
}

/** What a round used, where that of its server is known. */
export type ServerUsage = RoundUsage & { readonly cpuMs: number };

export const isOfServer = (usage: RoundUsage): usage is ServerUsage => usage.cpuMs !== null;

/** Usage of those rounds, in their order; a round of which there is none is left out. */
function usageOf(
  { arms, usage, usageMissing }: CostFacts,
  arm: string,
  rounds: readonly MeasuredRound[],
): readonly ServerUsage[] | Missing {
  if (arms.find(({ name }) => name === arm)?.protocol === "none") return { missing: "it calls no server" };
  const own = usage.filter((round) => round.arm === arm).filter(isOfServer);
  const known = new Map(own.map((round) => [placeOf(round), round]));
  const used = rounds.flatMap((round) => known.get(placeOf(round)) ?? []);
  if (used.length > 0) return used;
  return { missing: (known.size === 0 && usageMissing) || "none of its warm rounds has any" };
}

/** The same where it speaks for all of the rounds: those that could be read are no fair sample of those that could not. */
function cpuUsageOf(
  info: CostFacts,
  arm: string,
  rounds: readonly MeasuredRound[],
): readonly ServerUsage[] | Missing {
  const used = usageOf(info, arm, rounds);
  if ("missing" in used || used.length === rounds.length || info.usageMissing === null) return used;
  return { missing: `in ${rounds.length - used.length} of its ${rounds.length} rounds ${info.usageMissing}` };
}

type HeldUsage = ServerUsage & { readonly residentBytes: number; readonly peakBytes: number };

/** The same where memory is the arm's alone: of a server that no other arm calls and that the run has started. */
function memoryUsageOf(
  info: CostFacts,
  arm: string,
  rounds: readonly MeasuredRound[],
): readonly HeldUsage[] | Missing {
  const used = usageOf(info, arm, rounds);
  if ("missing" in used) return used;
  if (info.host !== "child") return { missing: "its server ran before and may have held more then" };
  const own = info.arms.find(({ name }) => name === arm);
  const others = info.arms.filter((other) => other !== own && other.protocol !== "none");
  if (others.some(({ server }) => server === own?.server)) {
    return { missing: "its server serves other arms too" };
  }
  const held = used.filter(
    (round): round is HeldUsage => round.residentBytes !== null && round.peakBytes !== null,
  );
  return held.length > 0 ? held : { missing: "the system does not tell what its server held" };
}

function memoryOf(held: readonly HeldUsage[]): ServerMemory {
  const pairs = byPair(held);
  const grown = pairs.map((pair) => {
    const [first, ...later] = pair as [HeldUsage, ...HeldUsage[]];
    const last = later.at(-1) ?? first;
    return { bytes: last.residentBytes - first.residentBytes, calls: sum(later, "calls") };
  });
  const calls = grown.reduce((total, pair) => total + pair.calls, 0);
  const bytes = grown.reduce((total, pair) => total + pair.bytes, 0);
  return { peakBytes: median(pairs.map(peakOf)), grownBytesPerCall: calls === 0 ? null : bytes / calls };
}

function peakOf(pair: readonly HeldUsage[]): number {
  return Math.max(...pair.map(({ peakBytes }) => peakBytes));
}

function sum(rounds: readonly ServerUsage[], field: "cpuMs" | "calls"): number {
  return rounds.reduce((total, round) => total + round[field], 0);
}
