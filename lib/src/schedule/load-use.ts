import { type Load, type LoadRound, type LoadSecond, runTimeOf } from "../record/load-info.js";

/** What server and clients of a round used on average, in processors, and the busiest event loop; null where it is not known. */
export interface LoadUse {
  readonly server: number | null;
  /** Of all client processes together. */
  readonly client: number | null;
  readonly loop: number | null;
}

/** A second of it, and how long it lasted. */
interface TimedSecond extends LoadSecond {
  readonly elapsedMs: number;
}

/** A reading this little after the end of the run time is one of its last second. */
const readingDelayMs = 100;

/** Of the whole seconds of the run time, of a ramp only those after it: what is reached at the end must be borne. */
export function loadUseOf(round: LoadRound, load: Load): LoadUse {
  const seconds = secondsOfLoad(round, load);
  return {
    server: average(seconds, ({ serverCpuMs }) => serverCpuMs),
    client: average(seconds, ({ clientCpuMs }) => clientCpuMs),
    loop: average(seconds, ({ clientLoopUse, elapsedMs }) => clientLoopUse && clientLoopUse * elapsedMs),
  };
}

function secondsOfLoad({ seconds }: LoadRound, load: Load): readonly TimedSecond[] {
  const timed = seconds.map((second, i) => ({
    ...second,
    elapsedMs: second.atMs - (seconds[i - 1]?.atMs ?? 0),
  }));
  const within = timed.filter(({ atMs }) => atMs <= runTimeOf(load) + readingDelayMs);
  const rampMs = load.kind === "closed" ? (1000 * load.users) / (load.spawnPerSecond ?? Infinity) : 0;
  const after = within.filter(({ atMs, elapsedMs }) => atMs - elapsedMs >= rampMs);
  return after.length > 0 ? after : within;
}

/** Time used ÷ time, of the seconds in which it is known. */
function average(seconds: readonly TimedSecond[], usedMs: (second: TimedSecond) => number | null) {
  const known = seconds.filter((second) => usedMs(second) !== null);
  const elapsedMs = known.reduce((sum, second) => sum + second.elapsedMs, 0);
  return elapsedMs > 0
    ? known.reduce((sum, second) => sum + (usedMs(second) as number), 0) / elapsedMs
    : null;
}
