import type { RoundUsage, Warning } from "../../record/run-info.js";
import { workersOf } from "../../record/server-workers.js";
import type { Plan } from "../plan/plan.js";
import type { RoundSummary } from "../rounds.js";
import type { WarmPair } from "./checks.js";
import { askedTolerance } from "./load-laws.js";
import { full, percent } from "./processor-laws.js";

/** What of an arm's warm rounds tells who set its rate. */
interface Headroom {
  /** Share of one processor; null where it is not known. */
  readonly clientBusy: number | null;
  readonly serverBusy: number | null;
  readonly underWay: number;
}

/**
 * Whether the rate of several callers who call without a pause is the server's or the client's: a client whose processor
 * is full while the server's is not measures itself, and so does one whose callers often have no call under way, which
 * by Little's law all of them have.
 */
export function checkCallers(
  plan: Plan,
  rounds: readonly RoundSummary[],
  usage: readonly RoundUsage[],
  warm: readonly WarmPair[],
): Warning[] {
  return plan.arms.flatMap(({ name, callers, server }): Warning[] => {
    const own = rounds.filter(
      ({ arm, pair, block, calls }) =>
        arm === name && block >= (warm[pair]?.fromBlock ?? plan.warmupBlocks) && calls > 0,
    );
    if (callers === 1 || own.length === 0) return [];
    const { clientBusy, serverBusy, underWay } = headroomOf(own, usage);
    const workers = workersOf(plan.servers, server);
    const seen = [
      ...(clientBusy !== null && serverBusy !== null && clientBusy > full && serverBusy < full * workers
        ? [
            `its client used ${percent(clientBusy)} of a processor while the server used ${percent(serverBusy)}`,
          ]
        : []),
      ...(underWay < callers * (1 - askedTolerance)
        ? [`of ${callers} callers ${underWay.toFixed(1)} had a call under way on average`]
        : []),
    ];
    if (seen.length === 0) return [];
    return [
      {
        code: "client-bound",
        message: `The rate of ${name} is partly the client's: ${seen.join(", and ")}.`,
        advice: "Take it for the least that the server can do, and compare it with no other rate.",
      },
    ];
  });
}

function headroomOf(rounds: readonly RoundSummary[], usage: readonly RoundUsage[]): Headroom {
  const place = ({ arm, pair, block }: RoundUsage | RoundSummary) => `${pair}/${block}/${arm}`;
  const known = new Map(usage.map((round) => [place(round), round]));
  const used = rounds.flatMap((round) => {
    const own = known.get(place(round));
    return own === undefined || own.clientCpuMs === null || own.cpuMs === null
      ? []
      : [{ elapsedMs: round.elapsedMs, clientMs: own.clientCpuMs, serverMs: own.cpuMs }];
  });
  const elapsedMs = sum(used.map((round) => round.elapsedMs));
  const share = (cpuMs: readonly number[]) => (elapsedMs > 0 ? sum(cpuMs) / elapsedMs : null);
  const weights = rounds.map((round) => (round.underWay === null ? 0 : round.elapsedMs));
  return {
    clientBusy: share(used.map(({ clientMs }) => clientMs)),
    serverBusy: share(used.map(({ serverMs }) => serverMs)),
    underWay: sum(rounds.map((round, i) => (round.underWay ?? 0) * (weights[i] as number))) / sum(weights),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
