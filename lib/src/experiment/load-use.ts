import { type Load, type LoadRound, type LoadSecond, runTimeOf } from "../record/load-info.js";
import type { Warning } from "../record/run-info.js";

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
}

/** Processors that each side of a run may use: the one that it is pinned to, or all of the machine. */
export function sideProcessors(
  { processors, clients }: { readonly processors: object | null; readonly clients: number },
  cores: number,
): SideProcessors {
  const each = processors === null ? cores : 1;
  return { server: each, client: each, clients };
}

/** What server and clients used on average, in processors, and the busiest event loop; null where it is not known. */
interface Use {
  readonly server: number | null;
  readonly client: number | null;
  readonly loop: number | null;
}

/**
 * Holds what the processes of a round used against what there is: nobody uses more than all of a processor, and a client
 * that is full while the server is not has measured itself.
 */
export function checkUse(round: LoadRound, load: Load, processors: SideProcessors): Warning[] {
  const used = useOf(secondsOfLoad(round, load));
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

function clientBound(arm: string, { server, client, loop }: Use, { clients }: SideProcessors): Warning[] {
  if (server !== null && server >= full) return [];
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

/** The whole seconds of the run time, of a ramp only those after it: what is reached at the end must be borne. */
function secondsOfLoad({ seconds }: LoadRound, load: Load): readonly (LoadSecond & { elapsedMs: number })[] {
  const timed = seconds.map((second, i) => ({
    ...second,
    elapsedMs: second.atMs - (seconds[i - 1]?.atMs ?? 0),
  }));
  const within = timed.filter(({ atMs }) => atMs <= runTimeOf(load) + 100);
  const rampMs = load.kind === "closed" ? (1000 * load.users) / (load.spawnPerSecond ?? Infinity) : 0;
  const after = within.filter(({ atMs, elapsedMs }) => atMs - elapsedMs >= rampMs);
  return after.length > 0 ? after : within;
}

function useOf(seconds: readonly (LoadSecond & { readonly elapsedMs: number })[]): Use {
  const average = (of: (second: LoadSecond & { readonly elapsedMs: number }) => number | null) => {
    const known = seconds.filter((second) => of(second) !== null);
    const elapsedMs = known.reduce((sum, second) => sum + second.elapsedMs, 0);
    return elapsedMs > 0 ? known.reduce((sum, second) => sum + (of(second) as number), 0) / elapsedMs : null;
  };
  return {
    server: average(({ serverCpuMs }) => serverCpuMs),
    client: average(({ clientCpuMs }) => clientCpuMs),
    loop: average(({ clientLoopUse, elapsedMs }) => clientLoopUse && clientLoopUse * elapsedMs),
  };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
