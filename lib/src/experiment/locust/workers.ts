import { joinCommand, type MasterAddress } from "./locust-command.js";

/** How long the lab waits for workers that it has started itself; each takes some seconds to load. */
const joinHereWithinMs = 60_000;

/** How long for those that people start. */
const joinElsewhereWithinMs = 10 * 60_000;

/** A master of Locust that is joined by hand. */
export interface LocustMaster {
  /** Address that it listens on, as the workers' machines reach it. */
  readonly host: string;
  readonly port: number;
  /** How long it waits for all of them. Default 10 minutes. */
  readonly joinWithinMs?: number;
  /**
   * Told, before every round, what is to be run on each other machine for that round and those after it in its pair, in a
   * clone of the project where Python is set up.
   */
  readonly onWaiting: (command: string) => void;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

/** Who makes the calls of a load: Locust's one process, or workers, that are started with its master or join it. */
export interface LocustWorkers {
  /** 0 for the one process. */
  readonly count: number;
  readonly joinWithinMs: number;
  /** Where their master listens; on a port of its own where that is 0. */
  readonly master: MasterAddress;
  readonly startedBy: "us" | "others";
  /** Told when the master waits for them. */
  onWaiting(master: MasterAddress): void;
  readonly signal: AbortSignal | null;
}

/** So many workers on this machine; for one, no process besides. */
export function workersHere(count: number): LocustWorkers {
  return {
    count: count === 1 ? 0 : count,
    joinWithinMs: joinHereWithinMs,
    master: { host: "127.0.0.1", port: 0 },
    startedBy: "us",
    onWaiting: () => {},
    signal: null,
  };
}

/**
 * So many that others start, for a round of each of these arms; their clocks must agree with this one's, since that is what
 * tells when they called.
 */
export function workersElsewhere(
  count: number,
  arms: readonly string[],
  { host, port, joinWithinMs = joinElsewhereWithinMs, onWaiting, signal }: LocustMaster,
): LocustWorkers {
  let begun = 0;
  return {
    count,
    joinWithinMs,
    master: { host, port },
    startedBy: "others",
    onWaiting: (master) => onWaiting(joinCommand(arms.slice(begun++), master)),
    signal: signal ?? null,
  };
}
