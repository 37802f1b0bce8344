import type { Load, LoadRound } from "../../record/load-info.js";
import type { RunInfo, Warning } from "../../record/run-info.js";
import { workersOf } from "../../record/server-workers.js";
import { type LoadUse, loadUseOf } from "../../schedule/load-use.js";

/** A processor or an event loop this busy has no headroom left. */
export const full = 0.9;

/** The counters are of two readings, each a little off: a share above 1 by so much is no error. */
const readingError = 0.05;

/** Processors that each side may use. */
export interface SideProcessors {
  readonly server: number;
  readonly client: number;
  /** Client processes among which its use is shared. */
  readonly clients: number;
  /** Arm → worker processes of its server. */
  readonly workers: ReadonlyMap<string, number>;
}

/** What of a run tells on how many processors its sides can be busy. */
export interface SidesFacts extends Pick<RunInfo, "processors" | "clients" | "servers"> {
  readonly arms: readonly Pick<RunInfo["arms"][number], "name" | "server">[];
}

/** Processors that each side of a run may use: the one that it is pinned to, or all of the machine. */
export function sideProcessors(
  { processors, clients, servers, arms }: SidesFacts,
  cores: number,
): SideProcessors {
  const each = processors === null ? cores : 1;
  return {
    server: each,
    client: each,
    clients,
    workers: new Map(arms.map(({ name, server }) => [name, workersOf(servers, server)])),
  };
}

/**
 * Holds what the processes of a round used against what there is: nobody uses more than all of a processor, and a client
 * that is full while the server is not has measured itself.
 */
export function checkUse(round: LoadRound, load: Load, processors: SideProcessors): Warning[] {
  const used = loadUseOf(round, load);
  return [
    ...impossible(round.arm, "server", used.server, processors.server),
    ...impossible(round.arm, "client", used.client, processors.client),
    ...clientBound(round.arm, used, processors),
  ];
}

function impossible(arm: string, side: string, used: number | null, processors: number): Warning[] {
  if (used === null || used <= processors * (1 + readingError)) return [];
  return [
    {
      code: "impossible-use",
      message: `The ${side} of ${arm} is said to have used ${used.toFixed(2)} processors, and there were ${processors} for it.`,
      advice: "Its processor time or the time that it was read over is wrong: believe neither.",
    },
  ];
}

function clientBound(arm: string, { server, client, loop }: LoadUse, sides: SideProcessors): Warning[] {
  const { clients, workers } = sides;
  // Each worker has an event loop of its own, and is held back by the processors that there are.
  const serverFull = full * Math.min(workers.get(arm) ?? 1, sides.server);
  if (server !== null && server >= serverFull) return [];
  // A process of one event loop has no use for a second processor.
  const each = client === null ? null : client / clients;
  const seen = [
    ...(each !== null && each > full ? [`its client used ${percent(each)} of a processor`] : []),
    ...(loop !== null && loop > full
      ? [`its client's event loop was busy ${percent(loop)} of the time`]
      : []),
  ];
  if (seen.length === 0) return [];
  const other =
    server === null
      ? "what the server used is not known"
      : `the server used ${percent(server)} of a processor`;
  return [
    {
      code: "client-bound",
      message: `The load of ${arm} was partly its client's to bear: ${seen.join(" and ")}, and ${other}.`,
      advice:
        "Take its rate for the least and its latencies for the most that the server can do, or share the load among more clients.",
    },
  ];
}

/** A share of a processor as warnings write it: `95 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
