import { z } from "zod";

/**
 * Users who call, pause, and call again: how fast they call depends on the answers.
 *
 * @example
 * const { users }: lab.ClosedLoad = lab.closedLoad({ users: 100, runTimeMs: 5000 });
 */
export interface ClosedLoad {
  readonly kind: "closed";
  readonly users: number;
  /** Users started a second, evenly; null starts all at once. */
  readonly spawnPerSecond: number | null;
  /** Between an answer and the user's next call, drawn evenly between these; zeros for none. */
  readonly thinkMs: readonly [least: number, most: number];
  /** No call is made later. */
  readonly runTimeMs: number;
}

/**
 * A stretch of an open load, in which the rate goes evenly from one number of calls a second to another.
 *
 * @example
 * const ramp: lab.Stage = { fromPerSecond: 50, toPerSecond: 500, durationMs: 10_000 };
 */
export interface Stage {
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
  readonly durationMs: number;
}

/**
 * Calls that are due at times of their own, however the server answers.
 *
 * @example
 * const { stages }: lab.OpenLoad = lab.openLoad({ callsPerSecond: 200, runTimeMs: 5000 });
 */
export interface OpenLoad {
  readonly kind: "open";
  readonly stages: readonly Stage[];
  /** Evenly, or at random with that rate (a Poisson process). */
  readonly spacing: "even" | "poisson";
  /** Calls that may be under way at once; one that is due when all are waits for its turn. */
  readonly users: number;
}

/**
 * When the calls of a round are due, for rounds that last a time and not a number of calls.
 *
 * @example
 * const load: lab.Load = lab.closedLoad({ users: 100, runTimeMs: 5000 });
 */
export type Load = ClosedLoad | OpenLoad;

/** How long no new call is held back, in ms. */
export function runTimeOf(load: Load): number {
  return load.kind === "closed"
    ? load.runTimeMs
    : load.stages.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

/** Calls, and failed calls, of a round after which it ends before its run time. */
export interface StopAfter {
  readonly calls?: number | undefined;
  readonly failures?: number | undefined;
}

/** What the processes of a load used since the second before; null where it is not known. */
export interface LoadSecond {
  /** End of the stretch, from the round's begin. */
  readonly atMs: number;
  /** Processor time of the server's process and of all client processes. */
  readonly serverCpuMs: number | null;
  readonly clientCpuMs: number | null;
  readonly serverBytes: number | null;
  readonly clientBytes: number | null;
  /** Share of the time in which the busiest client process's event loop had something to do. */
  readonly clientLoopUse: number | null;
}

/** One round of a load, besides its calls. */
export interface LoadRound {
  readonly arm: string;
  readonly pair: number;
  readonly block: number;
  /** On the run's clock. */
  readonly beginMs: number;
  /** When the last call was over, those that were still under way at the end included. */
  readonly endMs: number;
  /** From the begin until no further call was to be made, of several clients until one made no more; null where it is not known. */
  readonly overMs: number | null;
  /** Users who had begun by the end of the run time. */
  readonly usersStarted: number;
  /** Users in the load, averaged over its run time, as their client told; left out where they began just as the load says. */
  readonly averageUsers?: number | undefined;
  /** Calls that were due and had not been sent when the run time was over. */
  readonly notSent: number;
  readonly seconds: readonly LoadSecond[];
}

/**
 * How long a round ran of its run time: less where it was cut short; null for one that never told how it ended. Runs of
 * before `overMs` was kept tell it only where a call ended after the run time.
 */
export function lastedOf(load: Load, round: LoadRound | null): number | null {
  if (round === null) return null;
  const runTimeMs = runTimeOf(load);
  if (round.overMs !== null) return Math.min(round.overMs, runTimeMs);
  return round.endMs - round.beginMs >= runTimeMs ? runTimeMs : null;
}

const amount = z.number().min(0);
const count = z.number().int().min(0);
const known = amount.nullable();

/** What `run.json` holds of a load. */
export const loadSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("closed"),
    users: count,
    spawnPerSecond: z.number().positive().nullable(),
    thinkMs: z.tuple([amount, amount]),
    runTimeMs: amount,
  }),
  z.object({
    kind: z.literal("open"),
    stages: z.array(z.object({ fromPerSecond: amount, toPerSecond: amount, durationMs: amount })),
    spacing: z.enum(["even", "poisson"]),
    users: count,
  }),
]);

/** What it holds of when a load was to end early. */
export const stopAfterSchema = z.object({ calls: count.optional(), failures: count.optional() });

/** What it holds of each of its rounds. */
export const loadRoundSchema = z.object({
  arm: z.string(),
  pair: count,
  block: count,
  beginMs: z.number(),
  endMs: z.number(),
  overMs: known.default(null),
  usersStarted: count,
  averageUsers: amount.optional(),
  notSent: count,
  seconds: z.array(
    z.object({
      atMs: amount,
      serverCpuMs: known,
      clientCpuMs: known,
      serverBytes: known,
      clientBytes: known,
      clientLoopUse: known,
    }),
  ),
});
