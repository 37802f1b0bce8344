import type { RoundPart } from "../record/calls.js";
import { type Load, type LoadRound, type LoadSecond, runTimeOf } from "../record/load-info.js";
import type { BegunLoad } from "../schedule/load-sums.js";
import type { RoundPlace } from "../schedule/round.js";
import { usersAt, usersWhoBegin } from "../schedule/users.js";
import type { Client, LoadReport, RoundReport } from "./clients/client.js";
import type { Plan } from "./plan/plan.js";
import { sinceMs } from "./run-clock.js";
import { SecondsWatch } from "./seconds-watch.js";
import type { PairServer } from "./servers.js";
import type { SidesUsage } from "./usage.js";

/** A load, and the place of the round in which it is to run. */
export interface LoadPlace extends RoundPlace {
  readonly load: Load;
}

/** The same, and when it begins. */
export interface BegunLoadPlace extends RoundPlace, BegunLoad {}

/** All clients begin together: the load's begin lies so far ahead that each has heard of it. */
const leadMs = 100;

/**
 * Opens the users of a load, which for thousands takes a while, and then says when it begins. Users whom the ramp never
 * reaches are left out.
 */
export async function beginLoad(
  place: LoadPlace,
  { client, originNs }: { readonly client: Client; readonly originNs: string },
): Promise<BegunLoadPlace> {
  await client.openUsers({ arm: place.arm, users: usersWhoBegin(place.load) });
  return { ...place, beginMs: sinceMs(originNs) + leadMs };
}

interface LoadSurroundings {
  readonly plan: Plan;
  readonly client: Client;
  readonly server: PairServer | null;
  readonly originNs: string;
  readonly read: () => SidesUsage | null;
  readonly onPart: (part: RoundPart) => void;
  readonly onLoad: (round: LoadRound) => void;
  readonly onSecond: (arm: string, second: LoadSecond) => void;
  readonly signal: AbortSignal;
}

/** Runs one round of a load. A server that dies ends it at once: nobody will start that server again. */
export async function runLoadRound(
  { load, beginMs, ...place }: BegunLoadPlace,
  { plan, client, server, originNs, read, onPart, onLoad, onSecond, signal }: LoadSurroundings,
): Promise<RoundReport> {
  const death = new AbortController();
  server?.host.died.then(() => death.abort());
  const now = () => sinceMs(originNs);
  const watch = new SecondsWatch({
    beginAt: performance.now() + beginMs - now(),
    read,
    onSecond: (second) => onSecond(place.arm, second),
  });
  const request = {
    ...place,
    load,
    beginMs,
    seed: seedOf(plan.seed, place),
    mostCalls: plan.stopAfter.calls ?? null,
    mostFailures: plan.stopAfter.failures ?? null,
  };
  const tell = (report: LoadReport | null) => {
    const seconds = watch.stop();
    const endMs = Math.max(now(), beginMs);
    onLoad({
      ...place,
      beginMs,
      endMs,
      overMs: report?.overMs ?? null,
      usersStarted:
        report?.usersStarted ?? (load.kind === "open" ? load.users : usersAt(endMs - beginMs, load)),
      ...(report?.averageUsers !== undefined && { averageUsers: report.averageUsers }),
      notSent: report?.notSent ?? 0,
      seconds: seconds.map((second, i) => ({ ...second, clientLoopUse: report?.loopUse[i] ?? null })),
    });
  };
  try {
    const { load: report, ...rest } = await client.run(
      request,
      onPart,
      AbortSignal.any([signal, death.signal]),
    );
    tell(report);
    if (!death.signal.aborted || signal.aborted) return { ...rest, load: report };
    const reason = `${place.arm} stopped ${inSeconds(load, Math.max(0, now() - beginMs))}`;
    return { ...rest, load: report, end: { status: "gave-up", reason } };
  } catch (error) {
    // A client that is lost tells no end, and its calls are there.
    tell(null);
    throw error;
  }
}

/** Another seed for every round, the same when a run is repeated, and for all arms of a block: they meet the same arrivals. */
function seedOf(seed: number, { pair, block }: RoundPlace): number {
  return (seed + 7919 * (pair + 1) + 104_729 * (block + 1)) | 0;
}

function inSeconds(load: Load, elapsedMs: number): string {
  return `after ${(elapsedMs / 1000).toFixed(1)} of ${(runTimeOf(load) / 1000).toFixed(0)} s`;
}
