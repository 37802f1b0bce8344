import { WirelabError } from "../errors.js";
import type { Run } from "../record/run.js";
import type { RoundUsage } from "../record/run-info.js";
import { runPath } from "../record/run-path.js";
import { byPair, placeOf, sharedBlocks } from "../stats/ratios/matched-rounds.js";
import type { RunNumbers } from "../stats/ratios/means-ratio.js";
import { metricOf } from "../stats/ratios/round-metric.js";
import { knownRounds, where } from "./compare.js";
import { type MeasuredRound, roundsOf } from "./rounds/rounds.js";

/**
 * What a block has of an arm, in ms: the median of its calls; the time from one call's end to the next one's, whoever made it
 * (1 ÷ the rate); or the processor time of a call, in the server or in the client.
 */
export type NumberKind = "median" | "gap" | "serverCpu" | "clientCpu";

/** One number of each block. */
export interface BlockNumber {
  readonly arm: string;
  readonly kind: NumberKind;
}

/**
 * Those numbers of every block that has all of them, pair by pair, in the order asked for. Throws `usage` for an arm that the run
 * has not, `not-enough-data` where fewer than two blocks have all.
 */
export async function numbersOf(run: Run, asked: readonly BlockNumber[]): Promise<RunNumbers> {
  const calls = await run.calls();
  const { info } = run;
  const folder = runPath(run);
  const columns = asked.map(({ arm, kind }) => {
    const rounds = knownRounds(calls, arm, { info, folder, rounds: roundsOf });
    const used = new Map(info.usage.filter((one) => one.arm === arm).map((one) => [placeOf(one), one]));
    return rounds.flatMap((round) => {
      const number = numberOf(round, kind, used.get(placeOf(round)));
      return number === null ? [] : [{ pair: round.pair, block: round.block, number }];
    });
  });
  const blocks = sharedBlocks(columns);
  if (blocks.length >= 2) {
    return byPair(blocks).map((pair) => pair.map(({ each }) => each.map(({ number }) => number)));
  }
  const names = asked.map(({ arm, kind }) => `${kinds[kind]} of ${arm}`).join(", ");
  throw new WirelabError(
    "not-enough-data",
    `${where(folder)} has ${blocks.length} warm blocks with all of ${names}, and an interval takes two.`,
  );
}

const kinds: Readonly<Record<NumberKind, string>> = {
  median: "median",
  gap: "rate",
  serverCpu: "processor time of the server",
  clientCpu: "processor time of the client",
};

/** Null where it is not known; what is too short to be counted is not known either. */
function numberOf(round: MeasuredRound, kind: NumberKind, used: RoundUsage | undefined): number | null {
  const value =
    kind === "median"
      ? metricOf(round, "median")
      : kind === "gap"
        ? 1000 / round.callsPerSecond
        : ((kind === "serverCpu" ? used?.cpuMs : used?.clientCpuMs) ?? 0) / (used?.calls ?? 1);
  return typeof value === "number" && value > 0 && value < Number.POSITIVE_INFINITY ? value : null;
}
