import { WirelabError } from "../../errors.js";
import { type ClosedLoad, type Load, runTimeOf } from "../../record/load-info.js";
import { callsIn } from "../../schedule/arrivals.js";
import { firstCalls } from "./priming.js";

/** What may be asked of servers that are not on this machine. */
export interface Bounds {
  /** Calls of a run in all, warm-up and what is asked before it included. */
  readonly mostCalls: number;
  readonly mostPerSecond: number;
}

/** Enough to see a difference of a few per cent, and little for a server that others use. */
export const usualBounds: Bounds = { mostCalls: 2000, mostPerSecond: 20 };

/** How many calls a run makes of servers elsewhere. */
export interface Asked {
  /** Their names, for the message. */
  readonly arms: readonly string[];
  readonly pairs: number;
  readonly blocks: number;
  readonly warmupBlocks: number;
  /** Of the first calls and of the calls made at once in warm-up, an arm and a pair. */
  readonly callsPerRound: number;
  readonly primeCalls: number;
  readonly load: Load | null;
  /** What they were asked before the run was planned. */
  readonly callsBefore: number;
}

/** A run that would ask more of servers elsewhere than is allowed is a `usage` error that says how much, and how to allow it. */
export function refuseUnbounded(asked: Asked, bounds: Bounds): void {
  const names = asked.arms.join(" and ");
  const perSecond = asked.load === null ? bounds.mostPerSecond : peakOf(asked.load);
  if (perSecond > bounds.mostPerSecond) {
    const rate = Number.isFinite(perSecond)
      ? `up to ${round(perSecond)} calls a second`
      : "calls without a pause";
    throw new WirelabError(
      "usage",
      `The load makes ${rate} of ${names}, which is not on this machine, and ${bounds.mostPerSecond} are allowed: ask for less, or raise mostPerSecond of the service if that is yours to load.`,
    );
  }
  const calls = callsOf(asked);
  if (calls <= bounds.mostCalls) return;
  throw new WirelabError(
    "usage",
    `The run makes some ${round(calls)} calls of ${names}, which is not on this machine, and ${bounds.mostCalls} are allowed: ask for fewer, or raise mostCalls of the service if that is yours to load.`,
  );
}

/** Callers at once that wait for each other's turn would show nothing of the service: a `usage` error says what would. */
export function refuseCallersAtOnce(
  arms: readonly { readonly name: string; readonly callers: number }[],
  { mostPerSecond }: Bounds,
): void {
  const several = arms.find(({ callers }) => callers > 1);
  if (several === undefined) return;
  throw new WirelabError(
    "usage",
    `${several.name} has ${several.callers} callers at once, and calls of a run with a server on another machine are held to ${mostPerSecond} a second, one after another: give a load (openLoad or closedLoad), and raise mostPerSecond of the service if that is yours to load.`,
  );
}

/** The highest rate of a load; infinite for users who do not pause. */
function peakOf(load: Load): number {
  if (load.kind === "closed") {
    const { users, spawnPerSecond, thinkMs } = load;
    // Users who begin at once all call in the first second; others call again while more still begin.
    if (spawnPerSecond === null || spawnPerSecond >= users) return Math.max(users, steadyRate(load));
    return spawnPerSecond * Math.ceil((users * 1000) / spawnPerSecond / thinkMs[0]);
  }
  return Math.max(...load.stages.flatMap(({ fromPerSecond, toPerSecond }) => [fromPerSecond, toPerSecond]));
}

/** Of a closed load once all users have begun. */
function steadyRate({ users, thinkMs }: ClosedLoad): number {
  return (users * 1000) / thinkMs[0];
}

function callsOf(asked: Asked): number {
  const { arms, pairs, blocks, warmupBlocks, callsPerRound, primeCalls, load, callsBefore } = asked;
  const loaded = load === null ? callsPerRound : callsOfLoad(load);
  // The first block of a load's warm-up has first calls, the second primes.
  const warming = load === null ? warmupBlocks * callsPerRound : warmupBlocks * firstCalls;
  return callsBefore + arms.length * pairs * (blocks * loaded + warming + primeCalls);
}

function callsOfLoad(load: Load): number {
  if (load.kind === "open") return load.stages.reduce((sum, stage) => sum + callsIn(stage), 0);
  return steadyRate(load) * (runTimeOf(load) / 1000) + load.users;
}

function round(number: number): string {
  return Math.ceil(number).toLocaleString("en-US");
}
